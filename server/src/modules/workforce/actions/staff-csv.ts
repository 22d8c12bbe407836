import type { StaffLine } from '@tongmai/api/workforce/practitioner'

const sexes = { male: '男', female: '女', unknown: '未知', unspecified: '未说明' }
const kinds = { physician: '医师', nurse: '护士', pharmacist: '药师', technician: '技师' }
const titles = {
  chief: '主任',
  associateChief: '副主任',
  attending: '主治(主管)',
  resident: '住院(师)',
  none: '无',
}
const states = { current: '有效', expiring: '即将到期', expired: '已到期', notYet: '未生效', none: '无' }
const header = ['姓名', '性别', '类别', '职称', '科室', '主要执业机构', '执业证书', '有效期至']

/** A cell of a CSV file; what a spreadsheet would take for a formula becomes text. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The staff list as CSV with a byte order mark, as spreadsheets in China expect it. */
export function staffCsv(
  lines: readonly StaffLine[],
  today: string,
): { bytes: Uint8Array; fileName: string } {
  const rows = lines.map((l) => [
    l.name,
    sexes[l.sex],
    kinds[l.kind],
    titles[l.title],
    l.department ?? '',
    l.primary ? '是' : '备案',
    states[l.licence],
    l.licensedUntil ?? '',
  ])
  const text = [header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')
  return { bytes: new TextEncoder().encode(`\uFEFF${text}\r\n`), fileName: `人员名册-${today}.csv` }
}
