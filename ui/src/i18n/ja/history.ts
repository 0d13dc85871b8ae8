// How things went: curves of a node and of the machine, and crashes.
import type { Words } from '../text';

export const history: Words['history'] = {
  heading: '推移',
  range: '期間',
  ranges: { '24': '24時間', '720': '30日間' },
  rangeWords: { '24': '過去24時間', '720': '過去30日間' },
  service: 'サービス',
  allServices: 'すべての合計',
  none: 'この期間の記録はありません。',
  loading: '推移を読み込んでいます…',
  machine: 'コンピューターの推移',
  charts: {
    percent: '同期',
    height: 'ブロック高',
    peers: 'ピア',
    cpu: 'CPU',
    memory: 'メモリ',
    disk: 'ディスク',
    net: 'ネットワーク',
    io: 'ディスクの読み書き',
  },
  lines: { in: '受信', out: '送信', read: '読み込み', write: '書き込み' },
  summary: (name, range, low, high, last) => `${range}の${name}：${low}から${high}の間、最後は${last}`,
  time: '時刻',
  table: (name) => `${name}の表`,
  noValue: '数値なし',
};

export const crashes: Words['crashes'] = {
  heading: '異常終了',
  count: (n) => `ひとりでに終了：${n}回`,
  lines: (n) => `最後の${n}行`,
  noLines: '何も書き込まれませんでした。',
  region: (service, at) => `${service}の最後の行、${at}`,
};
