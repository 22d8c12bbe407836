import type { Opening } from '@tongmai/api/resident/mine'
import { useDates } from '../../kernel/use-dates.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { alike, type Column } from '../../ui/column.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { type Gathered, gathered, kindOf } from './gathered.ts'
import { residentWords } from './words.ts'

/** What a line of the access log says. */
export function useOpeningColumns(): Column<Gathered>[] {
  const t = useWords(residentWords)
  const say = useSay()
  const { moment } = useDates()
  const what = ({ first, all: { length: count } }: Gathered) =>
    t(`thing.${kindOf(first.thing)}`) + (count > 1 ? t('openings.times', { count }) : '')
  const objected = ({ all }: Gathered) =>
    all.some(({ objection }) => objection) ? t('openings.objected') : ''
  const purpose = (line: Gathered) => (
    <>
      {line.first.purpose} {objected(line) && <StateTag tone="wait">{objected(line)}</StateTag>}
    </>
  )
  return [
    { key: 'at', title: t('openings.at'), ...alike(({ first }: Gathered) => moment(first.at)) },
    {
      ...{ key: 'who', title: t('openings.who') },
      ...alike(({ first }: Gathered) => first.who ?? t('openings.system')),
    },
    { key: 'what', title: t('openings.what'), ...alike(what) },
    {
      ...{ key: 'basis', title: t('openings.basis') },
      ...alike(({ first }: Gathered) => say(`resident.basis.${first.basis}`)),
    },
    {
      ...{ key: 'purpose', title: t('openings.purpose'), cell: purpose },
      text: (line) => [line.first.purpose, objected(line)].filter(Boolean).join(' '),
    },
  ]
}

/** Who opened what, when, on which basis: a line for each look. */
export function OpeningTable({ openings }: { openings: readonly Opening[] }) {
  const t = useWords(residentWords)
  return (
    <Table
      label={t('openings.title')}
      rows={gathered(openings)}
      keyOf={({ last }) => last.id}
      columns={useOpeningColumns()}
    />
  )
}
