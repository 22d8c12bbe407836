import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useSteady } from '../kernel/steady.ts'
import { useDates } from '../kernel/use-dates.ts'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'
import { Clock } from './clock.tsx'
import type { Column } from './column.ts'
import { NewsPill } from './news-pill.tsx'
import { StateTag } from './state-tag.tsx'
import { Table } from './table.tsx'

/** One thing that waits for me. */
export interface Work {
  readonly key: string
  /** Null where it is about nobody. */
  readonly person: { readonly name: string; readonly detail?: string } | null
  /** What is to be done: 答复转诊申请. */
  readonly what: string
  /** From whom, for what: one line under it. */
  readonly about?: ReactNode
  readonly since: Date
  readonly due: Date | null
  /** Raised to this level, in words. */
  readonly escalated?: string | undefined
  /** Its page. */
  readonly to: string
  /** The one next act, as a verb; without `run` it opens the page. */
  readonly next: { readonly label: string; readonly run?: () => void }
}

interface WorkListProps {
  readonly label: string
  /** The most urgent first, as the server gives them. */
  readonly work: readonly Work[]
  /** What the list is of: filter and page. */
  readonly over?: unknown
  readonly empty: ReactNode
  readonly onOpen: (to: string) => void
}

/** What waits for me: one row per thing, most urgent first, with its clock and the one next act. Live, without jumping. */
export function WorkList({ label, work, over, empty, onOpen }: WorkListProps) {
  const t = useWords(webWords)
  const { briefly, now } = useDates()
  const steady = useSteady(work, (one) => one.key, over)
  const columns: Column<Work>[] = [
    {
      key: 'due',
      title: t('work.due'),
      width: 150,
      cell: ({ due, since }) => due && <Clock due={due} since={since} />,
    },
    {
      key: 'person',
      title: t('work.person'),
      width: 190,
      cell: ({ person }) => person && <Person {...person} />,
    },
    { key: 'what', title: t('work.what'), cell: What },
    {
      key: 'since',
      title: t('work.since'),
      width: 120,
      short: true,
      cell: ({ since }) => <span className="tm-quiet tm-line">{briefly(since)}</span>,
    },
    {
      key: 'next',
      title: t('work.next'),
      width: 130,
      align: 'right',
      cell: ({ next, to }) => (
        <Button size="small" type="primary" ghost onClick={next.run ?? (() => onOpen(to))}>
          {next.label}
        </Button>
      ),
    },
  ]
  return (
    <div {...steady.hold}>
      <NewsPill count={steady.waiting} onAccept={steady.accept} />
      {steady.items.length === 0 ? (
        empty
      ) : (
        <Table
          label={label}
          columns={columns}
          rows={steady.items}
          keyOf={(one) => one.key}
          rowTo={(one) => one.to}
          rowTone={({ due }) => (due && due < now ? 'bad' : undefined)}
          keys
        />
      )}
    </div>
  )
}

const Person = ({ name, detail }: NonNullable<Work['person']>) => (
  <>
    <b>{name}</b> {detail && <span className="tm-quiet">{detail}</span>}
  </>
)

const What = ({ what, about, escalated }: Work) => (
  <div className="tm-what">
    <span>{what}</span>
    {escalated && <StateTag tone="bad">{escalated}</StateTag>}
    {about && <span className="tm-quiet">{about}</span>}
  </div>
)
