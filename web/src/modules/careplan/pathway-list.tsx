import { careplanApi } from '@tongmai/api/careplan'
import { type PathwayLine, pathwayStatus } from '@tongmai/api/careplan/pathway'
import { programmeCode } from '@tongmai/api/careplan/programme'
import { Button } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { OnlyButton } from '../../ui/only-button.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { pathwayTone } from './pathway-tone.ts'
import { careplanWords } from './words.ts'

const LIMIT = 50
const search = z.object({
  programme: z.optional(programmeCode),
  status: z.optional(pathwayStatus),
  mine: z.optional(z.literal('true')),
  offset: z._default(z.coerce.number(), 0),
})

/** The pathways in force in the alliance, and the own institution's in every state. */
export function PathwayList() {
  const t = useWords(careplanWords)
  const may = useMay()
  const go = useGo()
  const [{ offset, mine, ...only }, setSearch] = useSearch(search)
  const query = { ...only, ...(mine ? { mine: true } : {}) }
  const read = useRead(
    careplanApi.listPathways,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['careplan'], keepPrevious: true },
  )
  return (
    <Page
      title={t('pathway.title')}
      hint={t('pathway.hint')}
      actions={
        may('careplan.pathway') && (
          <Button type="primary" onClick={() => go('/pathways/new')}>
            {t('pathway.new')}
          </Button>
        )
      }
    >
      <DataTable
        label={t('pathway.title')}
        columns={useColumns()}
        read={read}
        keyOf={(row) => row.id}
        rowTo={(row) => `/pathways/${row.id}`}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        filters={
          <>
            <FilterSelect
              label={t('disease')}
              all={t('pathway.all')}
              width={150}
              value={only.programme}
              keys={programmeCode.options}
              word={(one) => t(`programme.${one}`)}
              onChange={(next) => setSearch({ programme: next, offset: 0 })}
            />
            <FilterSelect
              label={t('pathway.status')}
              width={150}
              value={only.status}
              keys={pathwayStatus.options}
              word={(one) => t(`pathway-status.${one}`)}
              onChange={(next) => setSearch({ status: next, offset: 0 })}
            />
            <OnlyButton
              on={Boolean(mine)}
              onChange={(on) => setSearch({ mine: on ? 'true' : undefined, offset: 0 })}
            >
              {t('pathway.mine')}
            </OnlyButton>
          </>
        }
        filtered={Boolean(only.programme || only.status || mine)}
        onClear={() => setSearch({ programme: undefined, status: undefined, mine: undefined })}
        empty={<Nothing title={t('pathway.none')} hint={t('pathway.none-hint')} />}
        readPage={(at, limit) => call(careplanApi.listPathways, { query: { ...query, offset: at, limit } })}
      />
    </Page>
  )
}

function useColumns(): Column<PathwayLine>[] {
  const t = useWords(careplanWords)
  const { briefly } = useDates()
  const stepsOf = (row: PathwayLine) =>
    [t('pathway.steps-n', { n: row.steps }), row.off > 0 && t('pathway.off-n', { n: row.off })]
      .filter(Boolean)
      .join('，')
  return [
    {
      key: 'title',
      title: t('pathway.name'),
      cell: (row) => (
        <>
          {row.title} <span className="tm-quiet">{t('pathway.version-n', { n: row.version })}</span>
          {row.basedOn && (
            <div className="tm-quiet">
              {t('pathway.based-on')} {t('pathway.base', row.basedOn)}
            </div>
          )}
        </>
      ),
      text: (row) => `${row.title} ${t('pathway.version-n', { n: row.version })}`,
    },
    {
      key: 'disease',
      title: t('disease'),
      short: true,
      cell: (row) => t(`programme.${row.programme}`),
      text: (row) => t(`programme.${row.programme}`),
    },
    {
      key: 'owner',
      title: t('pathway.owner'),
      cell: (row) => row.institution.name,
      text: (row) => row.institution.name,
    },
    {
      key: 'status',
      title: t('pathway.status'),
      short: true,
      cell: (row) => <StateTag tone={pathwayTone[row.status]}>{t(`pathway-status.${row.status}`)}</StateTag>,
      text: (row) => t(`pathway-status.${row.status}`),
    },
    { key: 'steps', title: t('pathway.steps'), wide: true, cell: stepsOf, text: stepsOf },
    {
      key: 'use',
      title: t('pathway.in-use'),
      short: true,
      cell: (row) => t('pathway.people', { n: row.inUse }),
      text: (row) => String(row.inUse),
    },
    {
      key: 'changed',
      title: t('pathway.changed'),
      wide: true,
      cell: (row) => briefly(row.changedAt),
      text: (row) => row.changedAt.toISOString(),
    },
  ]
}
