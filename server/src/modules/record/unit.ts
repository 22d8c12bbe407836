/** How people write the commonest UCUM units; the others are understood as they stand. */
const written: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '℃',
  'kg/m2': 'kg/m²',
  '10*3/uL': '×10³/μL',
  '10*6/uL': '×10⁶/μL',
  '10*9/L': '×10⁹/L',
  '10*12/L': '×10¹²/L',
  'mL/min/{1.73_m2}': 'mL/min/1.73m²',
  'm[IU]/L': 'mIU/L',
  '{score}': '分',
  '(score)': '分',
  '{count}': '次',
  '{T-score}': '',
  '/min': '次/分',
  '{beats}/min': '次/分',
  'ug/L': 'μg/L',
  'umol/L': 'μmol/L',
  '1': '',
  h: '小时',
  d: '天',
  wk: '周',
  mo: '个月',
  a: '年',
}

/** The unit of a measured value as it is read. */
export const unitOf = (ucum: string): string => written[ucum] ?? ucum
