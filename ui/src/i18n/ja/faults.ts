// What went wrong, for somebody who looks at a window. The table of all codes stands beside.
import type { Words } from '../text';
import { table } from './fault-table';

export const faults: Words['faults'] = {
  why: '原因',
  steps: '対処',
  code: 'コード',
  table,
  local: {
    hostSilent: 'Freeholdのホストが応答しません',
    sessionExpired: 'セッションの期限が切れました',
    status: (code) => `HTTPステータス${code}`,
  },
  window: {
    chooseFolder: 'チェーンデータ用に別のフォルダーを選んでください。',
    chooseDisk: '別のディスクのフォルダーを選ぶか、新しいブロックだけを残してください（storage: pruned）。',
    giveFolder: (user, path) => `別のフォルダーを選ぶか、そのユーザーに所有権を渡してください：\`sudo chown -R ${user} ${path}\``,
    confirm: '続けることを示すチェックボックスをオンにしてください。',
    seeCatalog: 'カタログを開き、そこから項目を選んでください。',
    seeOptions: '値を変更してください。範囲は横に示されています。',
    chooseName: '別の名前を選んでください。',
    seeNodes: 'ノードの一覧を開いてください。',
    seeWallets: 'ウォレットの一覧を開いてください。',
    seeHistory: 'ウォレットの履歴で、行われた操作を確認してください。',
    chooseNode: '同じネットワークのノードを選んでください。',
    changeNode: '表示のとおりにFreeholdでノードを変更するか、そのまま切り替えてください。',
    giveNewPassword: 'ノードのページで新しいパスワードを設定してください。',
    setOptionsBack: 'オプションを元に戻すか、ノードをデータごと消去してインストールし直してください。',
    seeInstead: '代わりに使えるものは、カタログのページに示されています。',
    newerEntry: 'Freeholdを更新するか、クライアントの新しいリリースを自分のカタログフォルダーに置いてください。',
    updateNode: '「バージョン」の項目でノードを更新してください。カタログに新しいリリースがない場合は、先にFreeholdを更新してください。',
    chooseNeeded: '「必要なノード」で別のノードを選ぶか、Freeholdでインストールしてください。',
    olderVersion: '古いバージョンを使うには、データを消去してそのバージョンをインストールしてください。',
    readCrash: '再試行の前に、「異常終了」で失敗した起動のログを確認してください。',
    makeRoom: '空き容量を作るか、残すブロックを減らすか（storage: pruned）、データを別のディスクに移動してください。空きができると自動的に再開します。',
    report: 'これは不具合です。Freeholdのフォルダーにあるログファイルを添えて報告してください。',
  },
};
