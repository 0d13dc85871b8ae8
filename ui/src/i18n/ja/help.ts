// The words around the guide. The guide itself is English (ui/help) and says so to a screen reader.
import type { Words } from '../text';

export const help: Words['help'] = {
  heading: 'ヘルプ',
  lead: 'Freeholdがすることと用語を、短いページで説明します。プログラムに含まれているため、オフラインでも読めます。',
  english: 'このバージョンでは、ガイド本文は英語です。',
  contents: 'ガイドのページ',
  search: 'ガイドを検索',
  searchHelp: 'まず見出し、次に本文を探します。',
  found: (count) => (count === 0 ? '見つかりませんでした' : `${count}か所見つかりました`),
  nothing: '“prune”や“password”のような英単語を1つ試してください。',
  missing: 'このページはありません',
  missingText: 'このアドレスが指すページは、このバージョンのガイドにはありません。',
  toContents: 'すべてのページ',
  onPage: 'このページの内容',
  around: '前後のページ',
  previous: (title) => `前：${title}`,
  next: (title) => `次：${title}`,
  note: '注',
  code: 'コマンド',
  links: {
    'what-freehold-is': 'Freeholdとは',
    'first-node': '10分で最初のノード',
    'switch-a-wallet': '切り替えのしくみ',
    'audit-and-drill': '数値の意味',
    'when-something-is-wrong': '困ったときは',
    'words': '用語の説明',
    'privacy': 'Freeholdの通信相手',
    'updates': '更新と、元に戻す方法',
    'data-and-disks': 'データの移動と、満杯のディスク',
  },
};
