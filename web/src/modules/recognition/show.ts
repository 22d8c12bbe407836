/** Fen as yuan, `1,234.50`; a dash where unknown. */
export const showYuan = (fen: number | null): string =>
  fen === null ? '—' : (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })

/** Microsievert as millisievert with up to two decimals. */
export const showMsv = (usv: number): string =>
  (usv / 1000).toLocaleString('zh-CN', { maximumFractionDigits: 2 })

/** Hundredths of a percent, `48.5%`; a dash of nothing. */
export const showShare = (bp: number | null): string => (bp === null ? '—' : `${(bp / 100).toFixed(1)}%`)
