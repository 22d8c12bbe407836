import type { Opening } from '@tongmai/api/resident/mine'
import { useDates } from '../../kernel/use-dates.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { type Gathered, gathered } from './gathered.ts'
import { residentWords } from './words.ts'

/** What was opened, in a word. */
function thingOf(thing: string) {
  const [kind = ''] = thing.split(/[:/?]/)
  if (
    kind === 'record' ||
    kind === 'card' ||
    kind === 'identifier' ||
    kind === 'consent' ||
    kind === 'search'
  )
    return `thing.${kind}` as const
  if (kind === 'phone' || kind === 'address') return `thing.${kind}` as const
  return kind === 'Patient' ? 'thing.card' : 'thing.other'
}

/** Who opened what, when, on which basis: a line for each look. */
export function OpeningTable({ openings }: { openings: readonly Opening[] }) {
  const t = useWords(residentWords)
  const say = useSay()
  const { moment } = useDates()
  const what = ({ first, all: { length: count } }: Gathered) =>
    t(thingOf(first.thing)) + (count > 1 ? t('openings.times', { count }) : '')
  const purpose = ({ first: { purpose: said }, all }: Gathered) => (
    <>
      {said}{' '}
      {all.some(({ objection }) => objection) && <StateTag tone="wait">{t('openings.objected')}</StateTag>}
    </>
  )
  return (
    <Table
      label={t('openings.title')}
      rows={gathered(openings)}
      keyOf={({ last }) => last.id}
      columns={[
        { key: 'at', title: t('openings.at'), cell: ({ first }) => moment(first.at) },
        { key: 'who', title: t('openings.who'), cell: ({ first }) => first.who ?? t('openings.system') },
        { key: 'what', title: t('openings.what'), cell: what },
        {
          key: 'basis',
          title: t('openings.basis'),
          cell: ({ first }) => say(`resident.basis.${first.basis}`),
        },
        { key: 'purpose', title: t('openings.purpose'), cell: purpose },
      ]}
    />
  )
}
