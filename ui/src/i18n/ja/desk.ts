// What belongs to the desk that the window stands on: what was done and a file of it, the support bundle, registries,
// the start at login, the end.
import type { Words } from '../text';

export const timeline: Words['timeline'] = {
  filters: '絞り込み',
  subject: '対象',
  anySubject: 'すべてのノードとウォレット',
  search: '検索',
  searchHelp: '文、名前、値を検索します',
  time: '期間',
  times: { any: '全期間', day: '過去24時間', week: '過去7日間', month: '過去30日間', between: '日付を指定' },
  from: '開始日',
  to: '終了日',
  clear: '絞り込みを解除',
  older: '古い項目を表示',
  loadingOlder: '読み込んでいます…',
  end: 'これですべてです。',
  shown: (count) => `${count}件を表示`,
  nothing: '該当なし',
  nothingText: 'すべての条件に合う項目はありません。',
  changed: '変更内容',
  none: 'なし',
  became: '変更後',
  save: '保存形式',
  formats: { json: 'JSON', csv: 'CSV表' },
  saveHelp: '条件に合うすべての項目です。まだ表示されていないものも含みます。',
  savedTo: (path) => `${path}に保存しました`,
  downloaded: (name) => `${name}をダウンロードしました`,
};

export const support: Words['support'] = {
  heading: 'サポート用ファイル',
  lead: '手助けをする人が必要とする情報です。自動では何も送信されません。内容を見て、保存し、誰に渡すかは自分で決められます。',
  hidden: 'パスワード、鍵、自分の名前、コンピューター名、ホームフォルダー、メールアドレス、公開アドレスは伏せられます。ウォレットのファイルは決して含まれません。',
  show: '内容を表示',
  gathering: '集めています…',
  again: '集め直す',
  save: 'このファイルを保存',
  saving: '保存しています…',
  summary: (files, size, hidden) => `${files}ファイル、${size}、${hidden}か所を伏せました。`,
  files: '含まれるファイル',
  content: (name) => `${name}の内容`,
  empty: 'このファイルは空です。',
};

export const registries: Words['registries'] = {
  heading: 'レジストリ',
  lead: 'ノードのイメージの入手元です。エンジンが問い合わせるのは、インストールと更新のときだけです。',
  mirrors: 'Freeholdはカタログが指定するレジストリを使います。自分のレジストリは、自分のカタログフォルダーで指定できます。',
  host: 'レジストリ',
  of: '提供イメージ',
  reached: '最終接続',
  never: 'このコンピューターからの接続はまだありません',
  ago: (span) => `接続：${span}`,
  failed: (span) => `接続失敗：${span}`,
  used: (nodes) => `利用元：${nodes}`,
  more: (count) => `ほか${count}件`,
  list: (names) => names.join('、'),
};

export const system: Words['system'] = {
  heading: '起動',
  login: 'ログイン時に起動する',
  loginHelp: 'ウィンドウを開かず、トレイで起動します。この設定はシステムが保持し、Freeholdは毎回確認します。',
  loginElsewhere: 'Freehold自身のウィンドウで設定できます。ここはブラウザーなので、起動するものがありません。',
  loginOther: '別のフォルダーを指定して起動したFreeholdでは使えません。',
  asking: 'システムに確認しています…',
  dataDisk: '新しいノードのチェーンデータ用ディスク',
  releases: '新しいバージョン',
  releasesText: 'Freeholdは新しいバージョンの有無をサーバーに問い合わせません。新しいリリースは、今回と同じ入手元（パッケージ配布元やページ）から届きます。変更点はリリースノートにあります。',
  catalogText: 'カタログにノードの新しいリリースが載ると、そのノードのページでお知らせします。希望すればデスクトップにも通知します。指示するか、自動更新を設定しないかぎり、何も更新されません。',
};

export const quitting: Words['quitting'] = {
  goesOn: 'Freeholdがなくても続くもの',
  goesOnText: 'ノードと、それを使うすべてのウォレット。',
  rests: 'Freeholdが戻るまで休止するもの',
  restsText: '通知、バッテリー・従量制接続・時間帯のルール、ディスク容量の監視、ウォレットの終了を待つ変更。',
  hide: 'トレイに隠す',
  remember: '次回から尋ねずに同じ操作をする',
};
