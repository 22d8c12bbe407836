/** Fen as yuan with separators, `1,234.50`; a dash where unknown. */
export const showYuan = (fen: number | null): string =>
  fen === null ? '—' : (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })

/** Hundredths of a percent as people read them; a dash where unknown. */
export const showPercent = (bp: number | null): string => (bp === null ? '—' : `${bp / 100}%`)
