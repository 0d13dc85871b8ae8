// The container engine: looking for it, getting one, losing it; and the first page after it was found.
import type { Words } from '../text';

const kinds: Record<string, string> = { docker: 'Docker', podman: 'Podman' };
const kindName = (kind: string | null) => (kind === null ? 'エンジン' : (kinds[kind] ?? kind));

export const engine: Words['engine'] = {
  states: { looking: '探しています…', connected: '接続済み', down: '応答なし' },
  kindName,
  chip: (kind, version) => [kindName(kind), version?.split('.').slice(0, 2).join('.')].filter(Boolean).join(' '),
  chipState: { looking: '検索中…', connected: '接続済み', down: '応答なし' },
  chipLabel: (name, state) => `コンテナエンジン：${name}、${state}`,
  rootless: 'root権限なし',
  heading: 'はじめに：コンテナエンジン',
  lead: 'DockerやPodmanなどのエンジンは、各ノードを専用の閉じた箱の中で動かします。そのため、起動も停止も、跡を残さない削除もできます。',
  lookingHeading: 'コンテナエンジンを探しています',
  lookingText: 'エンジンがありそうな場所をすべて確認しています。数秒かかります。',
  foundHeading: 'エンジンが応答しました',
  foundText: (name) => `${name}に接続しました。ほかに必要なものはありません。`,
  goOn: '続ける',
  guideFor: (system) => `${system}の場合`,
  noGuide: 'システムの標準的な方法でDockerかPodmanをインストールし、起動してから再確認してください。',
  runInTerminal: '各行をターミナルにコピーして実行してください。エンジンが応答すると、このページは自動的に緑になります。',
  lookedAt: (count) => `確認した場所（${count}）`,
  lostTitle: 'コンテナエンジンが応答しません',
  lostText: '応答が戻るまで、ノードの状態は確認できません。データは安全で、このページは自動的に復帰します。',
  how: '対処',
  address: 'アドレス',
  version: 'バージョン',
  api: 'API',
  mode: '方式',
  modeRoot: 'システムサービス',
  shares: 'このコンピューターと共有',
  virtual: '仮想マシン内',
};

export const welcome: Words['welcome'] = {
  heading: '自分の土台',
  lead: 'ここに何を築くかを選んでください。どれも後から停止、移動、削除できます。',
  anotherHeading: 'ノードを追加',
  bitcoin: {
    title: 'ウォレット用のBitcoin',
    text: 'すべてのブロックを検証し、新しいものだけを残すノードです。ウォレットはこのノードだけに問い合わせます。',
    facts: (disk, sync) => [disk, sync],
    disk: (size) => `ディスク${size}`,
  },
  practice: {
    title: '練習モード',
    text: 'このコンピューターだけのプライベートチェーンで、すべてのボタンを試せます。チェーンのダウンロードも、本物のお金も不要です。',
    facts: ['ディスクはほぼ不要', '2分'],
  },
  choose: {
    title: '自分で選ぶ',
    text: 'カタログのすべてのノード、ネットワーク、オプションから選びます。',
    facts: (count) => [`${count}件`, 'すべてのネットワーク'],
  },
  recommended: '多くの人はここから',
  promise: 'Freeholdにアカウントやサーバーはありません。通信するのは、エンジン、イメージを取得するレジストリ、自分のノードだけです。',
};
