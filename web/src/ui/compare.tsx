import { Switch } from 'antd'
import { type ReactNode, useState } from 'react'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'

interface CompareProps {
  readonly label: string
  readonly left: ReactNode
  readonly right: ReactNode
  /** Each line: its name and both sides as text; nothing where a side does not have it. */
  readonly lines: readonly {
    readonly name: string
    readonly left?: string | undefined
    readonly right?: string | undefined
  }[]
  /** False where a side that says nothing of a line does not differ in it. */
  readonly gapsDiffer?: boolean
}

/** Two records side by side; what differs is marked in words and colour. */
export function Compare({ label, left, right, lines, gapsDiffer = true }: CompareProps) {
  const t = useWords(webWords)
  const [onlyDifferent, setOnlyDifferent] = useState(false)
  const differs = ({ left: one, right: other }: CompareProps['lines'][number]) =>
    one !== other && (gapsDiffer || (one !== undefined && other !== undefined))
  const shown = onlyDifferent ? lines.filter(differs) : lines
  return (
    <div>
      <p className="tm-row tm-no-print" style={{ justifyContent: 'flex-end' }}>
        {t('compare.only-different')}{' '}
        <Switch size="small" checked={onlyDifferent} onChange={setOnlyDifferent} />
      </p>
      <table className="tm-table tm-compare" aria-label={label}>
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col">{left}</th>
            <th scope="col">{right}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <tr key={line.name} data-differs={differs(line)}>
              <th scope="row">{line.name}</th>
              <td>{line.left ?? '—'}</td>
              <td>{line.right ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
