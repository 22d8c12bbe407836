import { contractApi } from '@tongmai/api/contract'
import { type IndicatorCode, type IndicatorPerson, indicatorCode } from '@tongmai/api/contract/indicator'
import { priorityGroup } from '@tongmai/api/contract/package'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { To, useParam, useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { usePersonColumn } from '../../ui/person-column.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Tally } from '../../ui/tally.tsx'
import { periodSearch, usePeriod } from './indicator-period.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const halves = ['should', 'have', 'missing'] as const
const search = z.object({
  ...periodSearch,
  teamId: z.optional(z.string()),
  doctorId: z.optional(z.string()),
  half: z._default(z.enum(halves), 'should'),
  offset: z._default(z.coerce.number(), 0),
})

/** Whom an indicator counts, one row each; who is not in the numerator can be called for. */
export function IndicatorPeople() {
  const t = useWords(contractWords)
  const code = z.parse(indicatorCode, useParam('code'))
  const [{ half, offset, teamId, doctorId, ...asked }, setSearch] = useSearch(search)
  const period = usePeriod(asked)
  const query = { ...period, teamId, doctorId, half }
  const params = { code }
  const read = useRead(
    contractApi.listIndicatorPeople,
    { params, query: { ...query, offset, limit: LIMIT } },
    { live: ['contract'], keepPrevious: true },
  )
  const title = t(`indicator.name.${code}`)
  return (
    <Page
      title={title}
      hint={`${period.from} – ${period.to}`}
      actions={<To to="/contract-indicators">{t('indicator.back')}</To>}
    >
      <Tally
        label={title}
        tabs={halves.map((key) => ({ key, label: t(`indicator.half.${key}`) }))}
        value={half}
        onChange={(next) => setSearch({ half: next, offset: 0 })}
      />
      <DataTable
        label={`${title} ${t(`indicator.half.${half}`)}`}
        columns={useColumns(code)}
        read={read}
        keyOf={(row) => `${row.resident.id} ${row.contractId} ${row.on} ${row.detail}`}
        rowTo={({ contractId, resident }) =>
          contractId ? `/contracts/${contractId}` : `/residents/${resident.id}`
        }
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        empty={<Nothing title={t('indicator.people-none')} />}
        readPage={(at, limit) =>
          call(contractApi.listIndicatorPeople, { params, query: { ...query, offset: at, limit } })
        }
      />
    </Page>
  )
}

function useColumns(code: IndicatorCode): Column<IndicatorPerson>[] {
  const t = useWords(contractWords)
  const detail = ({ detail: said }: IndicatorPerson) =>
    code === 'keyGroup'
      ? said
          .split(',')
          .map((one) => t(`group.${z.parse(priorityGroup, one)}`))
          .join('、')
      : said
  const counted = ({ counts }: IndicatorPerson) => t(counts ? 'indicator.counted' : 'indicator.not-counted')
  const person = usePersonColumn<IndicatorPerson>({ title: t('person') })
  return [
    person,
    {
      key: 'id',
      title: t('indicator.id'),
      wide: true,
      cell: ({ resident }) => resident.idMasked ?? '—',
      text: ({ resident }) => resident.idMasked ?? '',
    },
    { key: 'detail', title: t('indicator.person-detail'), cell: (row) => detail(row) || '—', text: detail },
    {
      key: 'on',
      title: t('indicator.on'),
      short: true,
      cell: ({ on }) => on ?? '—',
      text: ({ on }) => on ?? '',
    },
    {
      key: 'counts',
      title: t('indicator.rate'),
      short: true,
      cell: (row) => <StateTag tone={row.counts ? 'good' : 'idle'}>{counted(row)}</StateTag>,
      text: counted,
    },
  ]
}
