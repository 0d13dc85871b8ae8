// The words of the faults of wallets and endpoints.
import type { Words } from '../text';

const untouched = 'ウォレットのファイルには触れていません。';

export const walletFaults = {
  'wallet-unknown': { title: 'このウォレットはありません', why: '`{wallet}`はFreeholdで切り替えられません。利用可能：{known}', todo: null },
  'wallet-not-found': {
    title: 'ウォレットの設定が見つかりません',
    why: '{wallet}の設定は{path}にあるはずですが、存在しません。',
    todo: 'ウォレットを一度起動して設定を作らせ、終了してから再試行してください。',
  },
  'wallet-running': {
    title: 'ウォレットが実行中です',
    why: '{wallet}（{evidence}）は、終了時に変更を上書きします。何も変更していません。',
    todo: '{wallet}を終了し、再試行してください。',
  },
  'wallet-file-malformed': {
    title: 'ウォレットの設定を読めません',
    why: '{path}：{reason}。何も変更していません。',
    todo: 'ウォレットで開けるかを確認するか、ファイルを直してください。',
  },
  'wallet-file-read-only': {
    title: 'ウォレットの設定に書き込めません',
    why: '{path}：{reason}。何も変更していません。',
    todo: '自分のユーザーに書き込みを許可し（`chmod u+w`）、再試行してください。',
  },
  'wallet-file-symlink': {
    title: 'ウォレットの設定ファイルがリンクです',
    why: '{path}は{target}を指しています。意図しないファイルを変えないよう、Freeholdはリンク越しに書き込みません。',
    todo: 'リンクをファイル本体に置き換えるか、リンク先のファイルを手動で編集してください。',
  },
  'wallet-file-changed': {
    title: '処理中にウォレットの設定が変わりました',
    why: '{path}は予定したファイルではなくなっています。何も書き込んでいません。',
    todo: 'このファイルを使うプログラムをすべて終了し、再試行してください。',
  },
  'wallet-protocol': { title: 'ウォレットはこのエンドポイントを使えません', why: '{wallet}の対応は{spoken}、エンドポイントは{offered}です。{reason}', todo: null },
  'wallet-conflict': {
    title: 'ウォレットは新しいエンドポイントを使いません',
    why: '{path}：{reason}。何も変更していません。',
    todo: 'ウォレットまたはそのファイルで手動で変更し、もう一度切り替えてください。',
  },
  'wallet-needs': { title: 'ウォレットに必要なものがノードにありません', why: `{lacks} ${untouched}`, todo: null },
  'credential-revoked': { title: 'ログイン情報は取り消し済みです', why: '{node}はユーザー{consumer}を受け付けません。ログイン情報が取り消されています。', todo: null },
  'nothing-to-revert': { title: '元に戻すものはありません', why: 'Freeholdは{network}の{wallet}を切り替えていません。', todo: null },
  'wallet-journal': {
    title: 'バックアップを書き込めませんでした',
    why: `{path}：{reason}。${untouched}`,
    todo: 'Freeholdのフォルダーの空き容量と権限を確認し、再試行してください。',
  },
  'endpoint-invalid': { title: 'エンドポイントではありません', why: '`{endpoint}`：{reason}', todo: '`bitcoin+http://127.0.0.1:8332`のように入力してください。' },
  'endpoint-silent': {
    title: 'エンドポイントが応答しません',
    why: `{endpoint}：{reason}。${untouched}`,
    todo: 'ノードを起動し、応答するまで待ってから再試行してください。',
  },
  'endpoint-auth': { title: 'エンドポイントがパスワードを拒否しました', why: `{endpoint}はユーザー{user}を受け付けません。${untouched}`, todo: 'ユーザーとパスワードを確認してください。' },
  'endpoint-wrong-chain': { title: 'エンドポイントのチェーンが異なります', why: `{endpoint}：期待したのは{expected}、検出したのは{found}です。${untouched}`, todo: null },
  'endpoint-warming-up': {
    title: 'ノードはまだ起動中です',
    why: `{endpoint}の応答：{message}。${untouched}`,
    todo: '起動が終わるまで待ってから再試行してください。',
  },
  'endpoint-unreadable': {
    title: 'エンドポイントで別のものが応答しています',
    why: `{endpoint}：{reason}。${untouched}`,
    todo: 'ポートを確認してください。別のプログラムが使っている可能性があります。',
  },
} satisfies Partial<Words['faults']['table']>;
