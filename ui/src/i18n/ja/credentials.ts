// The logins of a node.
import type { Words } from '../text';

export const credentials: Words['credentials'] = {
  heading: 'ログイン情報',
  lead: 'ウォレットごとに別のログイン情報があるため、ほかに影響を与えずに1つだけ取り消せます。',
  working: 'ログイン情報を読み込んでいます…',
  none: 'このノードに固有のログイン情報はありません。',
  unused: (n) => `誰にも渡していないログイン情報：${String(n)}件`,
  user: 'ユーザー',
  may: '呼び出し可能',
  methods: (name, n) => `${name}、${n}メソッド`,
  everything: (name) => `${name}、全メソッド`,
  files: '書き込み先',
  nodes: '利用元',
  used: '最終使用',
  revokedAt: '取り消し日時',
  never: '不明',
  kinds: { wallet: 'ウォレットまたはツール', node: '自分の別のノード', freehold: 'Freehold自身の問い合わせ' },
  states: { active: '使用中', revoked: '取り消し済み', rotating: '変更中', 'not-handed-out': '未配布' },
  revoke: '取り消す',
  rotate: '新しいパスワード',
  giveAgain: '再発行',
  actionName: (action, name) => `${action}：${name}`,
  titles: {
    revoke: (name) => `${name}のログイン情報を取り消しますか？`,
    rotate: (name) => `${name}に新しいパスワードを作りますか？`,
  },
  confirm: { revoke: '取り消す', rotate: '新しいパスワードを作る' },
  busy: { revoke: '取り消しています…', rotate: '作っています…' },
  done: {
    revoke: (name) => `${name}のログイン情報を取り消しました`,
    rotate: (name) => `${name}に新しいパスワードを設定します`,
  },
  preparing: '影響を調べています…',
  means: '影響',
  restarts: '同時に再起動するノード',
  writes: '書き込むファイル',
};
