import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { webWords } from '../../kernel/web-words.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { save, toCsv } from '../../ui/csv.ts'

interface SaveCsvProps<Row> {
  readonly name: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
}

/** Takes a whole table away as a file. */
export function SaveCsv<Row>({ name, columns, rows }: SaveCsvProps<Row>) {
  const t = useWords(webWords)
  const shown = columns.flatMap(({ title, text }) => (text ? [{ title, text }] : []))
  const download = () =>
    save(
      toCsv(
        shown.map(({ title }) => title),
        rows.map((row) => shown.map(({ text }) => text(row))),
      ),
      `${name}.csv`,
    )
  return (
    <Button className="tm-no-print" size="small" type="text" icon={<DownloadOutlined />} onClick={download}>
      {t('act.export')}
    </Button>
  )
}
