import { recordApi } from '@tongmai/api/record'
import type { Finding } from '@tongmai/api/record/quality'
import { call } from '../../kernel/call.ts'
import { To, useSearch } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { type FindingFilter, FindingFilters, findingFilter } from './finding-filters.tsx'
import { FindingPlaces, placesText } from './finding-places.tsx'
import { typeWords } from './quality-show.ts'
import { recordWords } from './words.ts'

const LIMIT = 50
/** Where a finding is mended from: a registration at the person, all else at the entry of the record. */
function placeOf({ resident, type, resourceId }: Finding): string | undefined {
  if (!resident) return undefined
  return type === 'Patient'
    ? `/residents/${resident.id}`
    : `/residents/${resident.id}/record/${type}/${resourceId}`
}

/** What is to be mended, with the way to it. */
export function FindingList() {
  const t = useWords(recordWords)
  const [{ offset, ...asked }, setFilter] = useSearch(findingFilter)
  const read = useRead(
    recordApi.listQualityFindings,
    { query: { ...asked, offset, limit: LIMIT } },
    { keepPrevious: true },
  )
  const none = { dimension: undefined, type: undefined, rule: undefined }
  const nobody = { departmentId: undefined, practitionerId: undefined, institutionId: undefined }
  const anytime = { from: undefined, to: undefined, offset: 0 }
  const found = [asked.from, asked.to === asked.from ? undefined : asked.to].filter(Boolean).join(' – ')
  return (
    <Page
      title={t('findings')}
      hint={found && asked.state === 'all' ? t('finding.found-then', { days: found }) : t('finding.hint')}
      actions={<To to="/quality">{t('quality')}</To>}
    >
      <DataTable
        label={t('findings')}
        columns={useColumns(asked.state)}
        read={read}
        keyOf={({ type, resourceId, rule }) => `${type}/${resourceId}/${rule}`}
        rowTo={(one) => placeOf(one) ?? ''}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setFilter({ offset: next })}
        filters={
          <FindingFilters
            filter={asked}
            first={read.data?.items[0]}
            onChange={(change) => setFilter({ ...change, offset: 0 })}
          />
        }
        filtered={Object.entries(asked).some(([name, value]) => value && name !== 'state')}
        onClear={() => setFilter({ ...none, ...nobody, ...anytime })}
        empty={<Nothing title={t('finding.none')} hint={t('finding.none-hint')} />}
        readPage={(from, limit) =>
          call(recordApi.listQualityFindings, { query: { ...asked, offset: from, limit } })
        }
      />
    </Page>
  )
}

function useColumns(state: FindingFilter['state']): Column<Finding>[] {
  const t = useWords(recordWords)
  const { briefly } = useDates()
  const detail = ({ detail: said }: Finding) => {
    const [, hours] = /^(\d+) h$/.exec(said) ?? []
    if (Number(hours) >= 72) return t('finding.late-days', { days: Math.round(Number(hours) / 24) })
    return hours ? t('finding.late', { hours }) : said
  }
  const who = ({ resident }: Finding) => resident?.nameMasked ?? '—'
  const doctor = ({ practitionerName, departmentName }: Finding) =>
    [practitionerName, departmentName].filter(Boolean).join(' · ') || t('quality.unknown')
  const when = ({ foundAt, mendedAt }: Finding) =>
    briefly(state === 'mended' && mendedAt ? mendedAt : foundAt)
  return [
    {
      ...{
        key: 'what',
        title: t('finding.what'),
        text: (one) => [one.title, detail(one)].filter(Boolean).join('：'),
      },
      cell: (one) => (
        <>
          <b>{one.title}</b> <span className="tm-quiet">{detail(one)}</span>{' '}
          {state === 'all' && one.mendedAt && <StateTag tone="good">{t('finding.done')}</StateTag>}
        </>
      ),
    },
    {
      ...{ key: 'place', title: t('finding.place') },
      cell: (one) => <FindingPlaces of={one} />,
      text: (one) => placesText(t, one),
    },
    {
      ...{ key: 'dimension', title: t('rule.dimension'), short: true, wide: true },
      cell: (one) => <StateTag tone="idle">{t(`dimension.${one.dimension}`)}</StateTag>,
      text: (one) => t(`dimension.${one.dimension}`),
    },
    {
      ...{ key: 'type', title: t('by.type'), short: true, wide: true },
      cell: (one) => typeWords(t, one.type),
      text: (one) => typeWords(t, one.type),
    },
    { key: 'resident', title: t('finding.resident'), short: true, cell: who, text: who },
    { key: 'doctor', title: t('finding.doctor'), cell: doctor, text: doctor },
    {
      ...{ key: 'at', title: t(state === 'mended' ? 'finding.mended' : 'finding.found'), short: true },
      cell: when,
      text: when,
    },
  ]
}
