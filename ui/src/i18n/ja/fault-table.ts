// The words of every fault. `todo` is absent where the window has steps of its own (faults/presentation.ts).
import type { Words } from '../text';
import { walletFaults } from './fault-table-wallets';

export const table: Words['faults']['table'] = {
  'engine-missing': {
    title: 'コンテナエンジンが見つかりません',
    why: 'Freeholdはノードをコンテナで動かしますが、このコンピューターにDockerもPodmanも見つかりませんでした（{looked_at}）。',
    todo: 'DockerかPodmanをインストールして起動し、再確認してください。',
  },
  'engine-permission': {
    title: 'このユーザーはコンテナエンジンを使えません',
    why: '{address}はありますが、ユーザー{user}には開く権限がありません。',
    todo: '`sudo usermod -aG docker {user}`を実行し、ログインし直してから再確認してください。このグループのメンバーは、このコンピューターでrootとして操作できます。',
  },
  'engine-unreachable': {
    title: 'コンテナエンジンが応答しません',
    why: '{address}：{reason}',
    todo: 'エンジンを起動してください（例：`sudo systemctl start docker`）。応答すると、Freeholdは自動的に再開します。ノードのデータは残ります。',
  },
  'engine-too-old': {
    title: 'コンテナエンジンが古すぎます',
    why: '検出したのはバージョン{version}です。FreeholdにはDocker 20.10またはPodman 4.3が必要です。',
    todo: 'エンジンを更新し、再確認してください。',
  },
  'engine-refused': {
    title: 'コンテナエンジンが要求を拒否しました',
    why: '{operation}：{reason}',
    todo: '上の原因を確認してください。このコンピューターの制限が原因なら、それを変更して再試行してください。',
  },
  'engine-setup-failed': {
    title: 'コンテナエンジンを準備できませんでした',
    why: '{reason}',
    todo: '出力をすべて確認できるターミナルで、手順のコマンドを実行してください。エンジンが応答すると、このページは自動的に先へ進みます。',
  },
  'registry-unreachable': {
    title: 'イメージのレジストリに接続できません',
    why: '{registry}が応答しませんでした：{reason}',
    todo: 'このコンピューターのネットワークを確認し、再試行してください。エンジンが対応していれば、ダウンロード済みの分は残ります。',
  },
  'image-missing': {
    title: 'レジストリにこのイメージがありません',
    why: '{image}は{registry}に見つかりませんでした。',
    todo: '公開元が取り下げた可能性があります。Freeholdのカタログを更新するか、自分のカタログフォルダーで別の入手元を指定してください。',
  },
  'image-digest-mismatch': {
    title: 'イメージがカタログの指定と異なります',
    why: '期待した値は{expected}、エンジンにあるのは{found}です。何も起動していません。',
    todo: '原因がわかるまで、このレジストリを使わないでください。エンジンからイメージを削除し、別の入手元を試してください。',
  },
  'image-platform': {
    title: 'この種類のコンピューターではイメージが動きません',
    why: 'エンジンの環境は{platform}、イメージの対応は{offered}です。',
    todo: '対応する種類のコンピューターを使ってください。',
  },
  'pull-failed': {
    title: 'イメージを取得できませんでした',
    why: '{image}：{reason}',
    todo: '再試行してください。同じところで失敗する場合は、エンジンのディスク容量を確認してください。',
  },
  'disk-too-small': { title: 'このノードにはディスクが小さすぎます', why: '{path}の空きは{available}、必要なのは{needed}です。', todo: null },
  'disk-full': {
    title: 'ディスクが満杯です',
    why: '{path}の空きは{available}です。',
    todo: '空き容量を作り、もう一度起動してください。何も失われていません。',
  },
  'port-in-use': {
    title: 'ノードに必要なポートが使用中です',
    why: '{address}のポート{port}は{owner}が使用しています。',
    todo: 'そのプログラムを止めるか、ノードに別のポートを設定してください。',
  },
  'clock-skew': {
    title: 'このコンピューターの時計がずれています',
    why: '{source}の時刻と{skew}ずれています。時計がずれていると、ノードはブロックを拒否します。',
    todo: 'ネットワーク時刻を有効にし（`sudo timedatectl set-ntp true`）、再試行してください。',
  },
  'data-dir-owner': { title: 'データフォルダーの所有者が異なります', why: '{path}の所有者は{owner}です。ノードは{user}として動くため、書き込めません。', todo: null },
  'data-dir-unusable': { title: 'データフォルダーを使えません', why: '{path}：{reason}', todo: null },
  'data-dir-in-use': { title: '別のノードがこのデータフォルダーを使っています', why: '{path}はノード{owner}のものです。2つのノードで共有すると壊れます。', todo: null },
  'already-running': {
    title: 'このデータフォルダーでFreeholdがすでに動いています',
    why: 'プロセス{pid}が{path}を使用中で、コマンドに応答しません。',
    todo: 'そのウィンドウを使うか、プロセスを終了するか、`--data-dir`で別のフォルダーを選んでください。',
  },
  'newer-data': {
    title: 'データフォルダーは新しいFreeholdで作られています',
    why: '{path}のバージョンは{found}、このプログラムの対応は{known}です。何も変更していません。',
    todo: 'Freeholdを更新するか、`--data-dir`で別のフォルダーを選んでください。',
  },
  'store-failed': {
    title: 'Freehold自身のフォルダーを読み書きできません',
    why: '{path}：{reason}',
    todo: 'フォルダーがあること、自分が所有していること、ディスクが満杯でないことを確認してください。',
  },
  'settings-corrupt': {
    title: '設定ファイルを読めないため、別に保管しました',
    why: '{path}は正しくありません（{reason}）。{kept}として保管し、既定値を使っています。',
    todo: '必要な設定をやり直すか、保管したファイルを直して元に戻してください。',
  },
  'bad-request': { title: '要求を理解できませんでした', why: '{reason}', todo: null },
  'confirmation-needed': { title: '同意が必要です', why: '{what}', todo: null },
  'not-supported': { title: 'ここでは実行できません', why: '{what}', todo: 'このシステムで対応している機能は、ドキュメントで確認してください。' },
  'timed-out': {
    title: '時間がかかりすぎました',
    why: '{what}は{limit}以内に終わりませんでした。バックグラウンドで続いています。',
    todo: 'ノードの状態とログを確認してください。',
  },
  internal: {
    title: 'Freeholdの内部エラーです',
    why: '{reason}。これは不具合です。',
    todo: 'Freeholdのフォルダーにあるログファイルを添えて報告してください。',
  },
  'catalog-invalid': {
    title: 'カタログファイルが正しくありません',
    why: '{file}の{line}行目：{reason}',
    todo: 'ファイルを直し、そのフォルダーで`freehold catalog check`を実行してください。',
  },
  'client-unknown': { title: 'このカタログ項目はありません', why: '`{client}`はカタログにありません。利用可能：{known}', todo: null },
  'network-unknown': { title: 'クライアントが対応していないネットワークです', why: '`{network}`は{known}のいずれでもありません。', todo: null },
  'option-invalid': { title: 'オプションの値が正しくありません', why: '`{option}`：{reason}', todo: null },
  'client-unavailable': { title: 'Freeholdはこのクライアントをインストールしません', why: '{what}', todo: null },
  'entry-expired': { title: 'カタログ項目の期限が切れています', why: '{what}', todo: null },
  'release-halted': {
    title: 'このリリースは設計どおりに停止しました',
    why: '{client} {version}は、古いチェーンを追わないようブロック{height}で停止します。',
    todo: null,
  },
  'node-needed': { title: '別のノードがこのノードを必要としています', why: '{node}は{others}に必要です。', todo: '先にそれらを削除するか停止してください。' },
  'need-unmet': { title: 'このノードに必要なノードを使えません', why: '{what}', todo: null },
  'nothing-to-update': {
    title: '新しいバージョンはありません',
    why: '{node}はカタログと同じバージョンで動いています。',
    todo: '新しいカタログ項目を得るには、Freeholdを更新してください。',
  },
  'rollback-impossible': { title: '前のバージョンには戻せません', why: '{what}', todo: null },
  'update-failed': { title: '新しいバージョンは動かず、元に戻しました', why: '{node}：{reason}。前のバージョンが再び動いています。', todo: null },
  'disk-nearly-full': {
    title: 'ディスクの空きが残りわずかです',
    why: '{path}の空きは残り{available}です。データベースが無事なうちにノードを停止しました。',
    todo: null,
  },
  'move-failed': {
    title: 'データを移動できませんでした',
    why: '{path}：{reason}。古いフォルダーは完全なまま使われています。',
    todo: '原因を取り除き、もう一度移動してください。コピー済みのものは再びコピーしません。',
  },
  'database-version': {
    title: 'データは別のバージョンで書き込まれています',
    why: '{service}の出力：{last_words}',
    todo: '書き込んだバージョンを使うか、データを消去して同期し直してください。',
  },
  'cpu-unsupported': {
    title: 'ノードに必要な命令がこのプロセッサーにありません',
    why: '{service}は不正な命令で終了しました。',
    todo: '新しいプロセッサーのコンピューターか、同じチェーンの別のクライアントを使ってください。',
  },
  'node-unknown': { title: 'このノードはありません', why: '`{node}`は自分のノードにありません。利用可能：{known}', todo: null },
  'node-exists': { title: 'この名前のノードはすでにあります', why: '`{node}`が存在します。', todo: null },
  'node-busy': {
    title: 'ノードを削除しています',
    why: '`{node}`は、削除が終わるまで操作を受け付けません。',
    todo: '削除が終わるまでお待ちください。',
  },
  'node-changing': { title: 'ノードを変更しています', why: '{node} {what}', todo: '完了を待ってから再試行してください。' },
  'node-crashed': {
    title: 'ノードが異常終了しました',
    why: '{service}はコード{code}で終了しました。最後の出力：{last_words}',
    todo: 'ログで原因を確認してください。',
  },
  'node-out-of-memory': {
    title: 'ノードのメモリが不足しました',
    why: 'メモリ不足のため、システムが{service}を終了させました。',
    todo: 'ほかのプログラムを閉じるか、ノードのキャッシュを小さくし（`dbcache`）、もう一度起動してください。',
  },
  'node-bad-database': {
    title: 'ノードがデータベースを読めません',
    why: '{service}の出力：{last_words}',
    todo: '一度再起動してください。同じ出力が続く場合は、データの再構築が必要です。方法はログに示されます。',
  },
  'node-needs-reindex': { title: '選んだオプションにはデータの再構築が必要です', why: '{service}の出力：{last_words}', todo: null },
  'node-auth-failed': {
    title: 'ノードがFreeholdのパスワードを拒否しました',
    why: '保管している{node}のパスワードが、起動時のものと異なります。',
    todo: 'ノードを再起動してください。Freeholdがパスワードを設定し直します。',
  },
  'wrong-chain': {
    title: 'ノードが別のチェーンを追っています',
    why: '期待したのは{expected}、検出したのは{found}です。',
    todo: 'ウォレットを接続しないでください。データフォルダーが別のネットワークやフォークのものである可能性があります。',
  },
  'attach-failed': {
    title: 'ノードを監視できません',
    why: '{endpoint}：{reason}',
    todo: 'アドレス、ユーザー、パスワードと、ノードがこのコンピューターで動いていることを確認してください。',
  },
  ...walletFaults,
};
