// The first page: the engine, the disk for chain data, the doors; and the disks wherever they are chosen.
import type { Words } from '../text';

const kinds: Record<string, string> = { ssd: 'SSD', hdd: 'ハードディスク', removable: 'リムーバブル', network: 'ネットワーク', unknown: '種類不明' };

export const disks: Words['disks'] = {
  legend: 'チェーンデータ用ディスク',
  kind: (kind) => kinds[kind] ?? kind,
  kindNotes: {
    hdd: 'ハードディスクでは、初回同期に数時間ではなく数日かかります。',
    removable: '接続している間だけ使えます。',
    network: '低速で、データベースが壊れることがあります。おすすめしません。',
  },
  free: (free, total) => `${total}中、空き${free}`,
  folder: 'フォルダー',
  own: 'Freehold自身のフォルダー',
  inUse: '使用中',
  fits: '入るもの',
  whole: (name) => `${name}：すべて入ります`,
  part: (name) => `${name}：古いブロックを除けば入ります`,
  none: (name) => `${name}：入りません`,
  measure: '速度を測定',
  measureOf: (place) => `${place}の速度を測定`,
  measuring: '測定しています…',
  speed: (write, reads) => `書き込み${write}、小さな読み込み毎秒${reads}回`,
  verdicts: { fast: 'どのチェーンにも十分な速さ', fair: '初回同期に数日なら十分', slow: '大きなチェーンには遅すぎます' },
  mend: '使えるようにする方法：',
  lookAgain: '再検索',
  loading: 'ディスクを調べています…',
};

export const start: Words['start'] = {
  steps: { engine: 'コンテナエンジン', disk: 'チェーンデータの保存先', doors: '何を作るか' },
  stepDone: '完了',
  stepOpen: '未完了',
  engine: {
    answers: (name) => `${name}が応答しています。`,
    details: '詳細',
    looking: '探しています…',
    headings: {
      missing: 'ノードは閉じた箱の中で動きますが、そのためのプログラムがありません',
      stopped: 'コンテナエンジンはインストール済みですが、動いていません',
      denied: 'コンテナエンジンは動いていますが、使用が許可されていません',
    },
    leads: {
      missing: 'DockerやPodmanなどのコンテナエンジンが、各ノードの起動、停止、跡を残さない削除を担います。次の手順でシステムに導入できます。',
      stopped: '一度起動する必要があります。次の手順で起動できます。',
      denied: '自分のユーザーに使用権限が必要です。次の手順で付与できます。',
    },
    unknownHeading: 'コンテナエンジンが応答しません',
    green: 'エンジンが応答すると、このページは自動的に緑になります。',
    offer: 'Freeholdに任せる',
    offerLead: '次の内容がそのまま実行されます：',
    consent: 'このコンピューターでこれらのコマンドを実行する',
    run: '今すぐ実行',
    starting: '開始しています…',
    runHint: '先にチェックボックスをオンにしてください。同意なしには何も実行しません。',
    byHand: 'または、ターミナルで自分で実行する',
    inTerminal: 'ターミナルで次を実行してください',
    states: {
      running: '実行中です。パスワードを求められる場合は、システムのウィンドウを確認してください。',
      waiting: 'すべてのコマンドが正常に終了しました。エンジンを待っています…',
      done: 'エンジンの準備ができました。',
      failed: 'うまくいきませんでした。',
    },
    ended: (done, all) => `${all}件中${done}件完了`,
    output: 'コマンドの出力',
    noOutput: 'まだありません。',
  },
  disk: {
    lead: 'ノードごとに専用のフォルダーを作ります。ノードごとに別の場所を選ぶことも、後で移動することもできます。',
    chosen: (place, free) => `${place}、空き${free}`,
    change: '別のディスクを選ぶ',
    saved: (folder) => `今後の新しいチェーンデータは${folder}に保存します。`,
  },
  ethereum: {
    title: 'ウォレット用のEthereum',
    text: '2つのプログラムが協力してチェーンを検証します。ウォレットはこれらだけに問い合わせます。',
    disk: (size) => `ディスク${size}`,
    memory: (size) => `メモリ${size}`,
  },
  verdict: {
    fits: 'このコンピューターで動きます',
    fitsWhole: '動きます。全ブロックも入ります',
    fitsLess: (size) => `履歴を減らせば動きます（${size}から）`,
    disk: (wanted, free, place) => `入りません：1割の余裕を含めて${wanted}が必要、${place}の空きは${free}`,
    memory: (needed, has) => `メモリ${needed}が必要、搭載は${has}`,
    unknown: '動くかどうかは不明です',
  },
  sync: (range) => `初回同期：${range}`,
  syncHere: (range) => `このディスクでの初回同期：${range}`,
  practice: {
    heading: '試すだけですか？',
    text: '練習モードは、このコンピューターだけのプライベートチェーンです。同期も、容量も、本物のお金も不要です。2分ですべてのボタンを試せます。',
    bitcoin: 'Bitcoinで練習',
    ethereum: 'Ethereumで練習',
    clean: 'いつでも消去でき、ほかには影響しません。',
  },
  needsEngine: '今でも見て回れますが、インストールにはエンジンが必要です。',
};

export const fixes: Words['fixes'] = {
  option: (option, value) => `${option}：「${value}」を選ぶ`,
  both: (first, second) => `${first}、${second}`,
  off: (option) => `「${option}」をオフにする`,
  on: (option) => `「${option}」をオンにする`,
  folder: (place, free) => `${place}を使う（空き${free}）`,
  port: (port) => `代わりにポート${port}を使う`,
  need: (client) => `新しい${client}をインストールする`,
  engine: 'コンテナエンジンを導入する',
  done: (what) => `変更しました：${what}。再確認しています。`,
  label: '解決方法',
};

export const underway: Words['underway'] = {
  text: (name) => `「${name}」をインストールしています。`,
  see: '進み具合を見る',
};
