import { type Alignment, pharmacyApi } from '@tongmai/api/pharmacy'
import { Button, Select } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { useSearch } from '../../kernel/route.tsx'
import { useMay, useSession } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { Stat } from '../../ui/stat.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { findInstitutionChoices } from '../network/index.ts'
import { PharmacyTabs } from './pharmacy-tabs.tsx'
import { ReportShortage, type Wanting } from './report-shortage.tsx'
import { pharmacyWords } from './words.ts'

const searchShape = z.object({
  community: z.optional(z.string()),
  communityName: z.optional(z.string()),
  higher: z.optional(z.string()),
  higherName: z.optional(z.string()),
  instead: z._default(z.enum(['all', 'none', 'some']), 'all'),
  /** The medicine that a down-referral continues and the community has not, with what is known of the need. */
  medicine: z.optional(z.string()),
  name: z.optional(z.string()),
  quantity: z.optional(z.string()),
  reason: z.optional(z.string()),
})
type GapLine = Alignment['gap'][number]

/** 目录缺口: which medicines for chronic disease the hospital gives and the community has not, and what it has instead. */
export function GapPage() {
  const t = useWords(pharmacyWords)
  const { institution } = useSession()
  const [{ community, communityName, higher, higherName, instead }, setSearch] = useSearch(searchShape)
  const own = institution ? { value: institution.id, label: institution.name } : null
  const [ownBelow, ownAbove] = institution?.tier === 'primary' ? [own, null] : [null, own]
  const below = community ?? ownBelow?.value
  const above = higher ?? ownAbove?.value
  const query = { communityId: below ?? '', higherId: above ?? '' }
  const read = useRead(
    pharmacyApi.readAlignment,
    { query },
    { when: Boolean(below && above), keepPrevious: true, live: ['pharmacy'] },
  )
  const chosen = (id: string | undefined, label: string | undefined, otherwise: Choice | null) =>
    id ? { value: id, label: label ?? '' } : otherwise
  return (
    <Page title={t('gap.title')} hint={t('gap.hint')}>
      <PharmacyTabs at="/formulary-gap" />
      <Card>
        <Fields columns={3}>
          <Field label={t('gap.community')} required>
            {(id) => (
              <Picker
                id={id}
                name="pharmacy.community"
                find={findInstitutionChoices}
                value={chosen(community, communityName, ownBelow)}
                onChange={(one) => setSearch({ community: one?.value, communityName: one?.label })}
              />
            )}
          </Field>
          <Field label={t('gap.higher')} required>
            {(id) => (
              <Picker
                id={id}
                name="pharmacy.higher"
                find={findInstitutionChoices}
                value={chosen(higher, higherName, ownAbove)}
                onChange={(one) => setSearch({ higher: one?.value, higherName: one?.label })}
              />
            )}
          </Field>
          <Field label={t('gap.instead')}>
            {(id) => (
              <Select
                id={id}
                value={instead}
                onChange={(next) => setSearch({ instead: next })}
                options={(['all', 'none', 'some'] as const).map((value) => ({
                  value,
                  label: t(`gap.instead.${value}`),
                }))}
              />
            )}
          </Field>
        </Fields>
      </Card>
      {above && below ? (
        <Loaded read={read} rows={6}>
          {(alignment) => <Gap of={alignment} instead={instead} isOwn={below === institution?.id} />}
        </Loaded>
      ) : (
        <Nothing title={t(above ? 'gap.choose-community' : 'gap.choose')} hint={t('gap.choose-hint')} />
      )}
    </Page>
  )
}

/** The medicine that another page asks for, with what it knows of the need; of a line of the gap all is known. */
function useAsked(gap: readonly GapLine[]) {
  const [{ medicine: id, name = '', quantity = '', reason = '' }, setSearch] = useSearch(searchShape)
  const line = gap.find((one) => one.id === id)
  const medicine: Wanting | undefined = id ? (line ?? { id, name, form: '', strength: '' }) : undefined
  const nothing = { medicine: undefined, name: undefined, quantity: undefined, reason: undefined }
  return { medicine, line, known: { quantity, reason }, forget: () => setSearch(nothing) }
}

function Gap({ of, instead, isOwn }: { of: Alignment; instead: string; isOwn: boolean }) {
  const t = useWords(pharmacyWords)
  const may = useMay()
  const asked = useAsked(of.gap)
  const [chosen, setChosen] = useState<GapLine>()
  const reports = isOwn && may('pharmacy.report')
  const wanting = chosen ?? (reports ? asked.medicine : undefined)
  const fitting = of.gap.filter(
    ({ alternatives }) => instead === 'all' || (instead === 'none') === (alternatives.length === 0),
  )
  const rows = asked.line ? [asked.line, ...fitting.filter((one) => one !== asked.line)] : fitting
  const columns: Column<GapLine>[] = [
    {
      key: 'name',
      title: t('name'),
      cell: ({ name, form, strength }) => (
        <>
          <b>{name}</b> {form} {strength}
        </>
      ),
    },
    { key: 'category', title: t('category'), cell: ({ category }) => category },
    {
      key: 'state',
      title: t('gap.here'),
      short: true,
      cell: ({ state }) => (
        <StateTag tone={state === 'notHeld' ? 'bad' : 'idle'}>
          {state ? t(`state.${state}`) : t('unknown')}
        </StateTag>
      ),
    },
    {
      key: 'instead',
      title: t('gap.instead'),
      cell: ({ alternatives }) =>
        alternatives.length > 0 ? (
          alternatives.map(({ name }) => name).join('、')
        ) : (
          <StateTag tone="bad">{t('gap.nothing-instead')}</StateTag>
        ),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: (one) =>
        reports && (
          <Button type="text" size="small" onClick={() => setChosen(one)}>
            {t('shortage.report')}
          </Button>
        ),
    },
  ]
  return (
    <>
      <div className="tm-row" style={{ gap: 32 }}>
        <Stat label={t('gap.rate')} value={of.rate === null ? '—' : `${Math.round(of.rate * 100)}%`} />
        <Stat label={t('gap.both')} value={`${of.both} / ${of.higher}`} />
        <Stat label={t('gap.wanting')} value={of.gap.length} />
      </div>
      <Card flush>
        {rows.length === 0 ? (
          <Nothing title={t(of.higher === 0 ? 'gap.unknown' : 'gap.none')} />
        ) : (
          <Table
            label={t('gap.title')}
            columns={columns}
            rows={rows}
            keyOf={({ id }) => id}
            rowTone={(one) => (one === asked.line ? 'bad' : undefined)}
            keys
          />
        )}
      </Card>
      {wanting && (
        <ReportShortage
          medicine={wanting}
          known={chosen ? undefined : asked.known}
          onClose={() => {
            setChosen(undefined)
            asked.forget()
          }}
        />
      )}
    </>
  )
}
