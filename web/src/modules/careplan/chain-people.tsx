import { careplanApi } from '@tongmai/api/careplan'
import { type ChainPerson, type ChainStage, chainStage } from '@tongmai/api/careplan/chain'
import type { ProgrammeCode } from '@tongmai/api/careplan/programme'
import { call } from '../../kernel/call.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { FilterSelect } from '../../ui/filter-select.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { StateTag, type Tone } from '../../ui/state-tag.tsx'
import { careplanWords } from './words.ts'

const LIMIT = 50
const tones: Readonly<Record<ChainStage, Tone>> = {
  ...{ screened: 'idle', confirmed: 'wait', enrolled: 'note', treated: 'wait' },
  ...{ controlled: 'good', referred: 'accent', rehabilitation: 'accent' },
}

interface Asked {
  readonly programme: ProgrammeCode
  readonly scope: 'mine' | 'alliance'
  readonly reached?: ChainStage | undefined
  readonly standing?: ChainStage | undefined
  readonly institutionId?: string | undefined
  readonly offset: number
}

interface ChainPeopleProps {
  readonly asked: Asked
  /** The whole region is looked over, without names. */
  readonly region: boolean
  readonly onAsk: (change: Partial<Asked>) => void
}

/** Who is behind a number, as far as one may see them; how many more there are is said. */
export function ChainPeople({ asked, region, onAsk }: ChainPeopleProps) {
  const t = useWords(careplanWords)
  const { offset, ...query } = asked
  const read = useRead(
    careplanApi.listChain,
    { query: { ...query, offset, limit: LIMIT } },
    { live: ['careplan'], keepPrevious: true },
  )
  const columns = useColumns(region)
  const choose = (name: 'reached' | 'standing') => (
    <FilterSelect
      label={t(`chain.${name}`)}
      width={150}
      value={asked[name]}
      keys={chainStage.options}
      word={(one) => `${t(`chain.${name}`)}：${t(`chain-stage.${one}`)}`}
      onChange={(next) => onAsk({ [name]: next, offset: 0 })}
    />
  )
  const hidden = read.data?.hidden ?? 0
  return (
    <>
      <DataTable
        label={t('chain.people')}
        columns={columns}
        read={read}
        keyOf={(row) => row.resident?.id ?? JSON.stringify(row)}
        {...(region ? {} : { rowTo: (row: ChainPerson) => `/careplans/${row.resident?.id ?? ''}` })}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => onAsk({ offset: next })}
        filters={
          <>
            {choose('reached')}
            {choose('standing')}
          </>
        }
        filtered={Boolean(asked.reached || asked.standing || asked.institutionId)}
        onClear={() =>
          onAsk({ reached: undefined, standing: undefined, institutionId: undefined, offset: 0 })
        }
        empty={<Nothing title={t('chain.none')} hint={t('chain.none-hint')} />}
        readPage={(at, limit) => call(careplanApi.listChain, { query: { ...query, offset: at, limit } })}
      />
      {hidden > 0 && <p className="tm-quiet">{t('chain.hidden', { n: hidden })}</p>}
    </>
  )
}

function useColumns(region: boolean): Column<ChainPerson>[] {
  const t = useWords(careplanWords)
  const dates = useDates()
  const facts = (row: ChainPerson) =>
    [
      [t('chain-stage.screened'), row.screenedOn],
      [t('chain-stage.confirmed'), row.confirmedOn],
      [t('chain-stage.enrolled'), row.enrolledOn],
      [t('last'), row.treatedOn],
      [t('chain-stage.referred'), row.referredOn],
      [t('chain-stage.rehabilitation'), row.returnedOn],
    ]
      .flatMap(([what, on]) => (what && on ? [t('chain.on', { what, on })] : []))
      .join(' · ')
  const sexOf = (row: ChainPerson) => t(`sex.${(row.sex ?? 'unknown') as 'unknown'}`)
  const person: Column<ChainPerson> = {
    key: 'person',
    title: t('person'),
    width: 170,
    cell: ({ resident }) => (
      <>
        {resident?.nameMasked}{' '}
        <span className="tm-quiet">{resident?.birthDate && dates.age(resident.birthDate)}</span>
      </>
    ),
    text: ({ resident }) => resident?.nameMasked ?? '',
  }
  const band: Column<ChainPerson>[] = [
    {
      key: 'age',
      title: t('chain.age'),
      short: true,
      cell: (row) => row.ageBand ?? '—',
      text: (row) => row.ageBand ?? '',
    },
    { key: 'sex', title: t('chain.sex'), short: true, cell: sexOf, text: sexOf },
  ]
  return [
    ...(region ? band : [person]),
    {
      key: 'stage',
      title: t('chain.stage'),
      short: true,
      cell: ({ stage }) => <StateTag tone={tones[stage]}>{t(`chain-stage.${stage}`)}</StateTag>,
      text: ({ stage }) => t(`chain-stage.${stage}`),
    },
    {
      key: 'institution',
      title: t('chain.institution'),
      cell: (row) => row.institution ?? t('chain.unknown-place'),
      text: (row) => row.institution ?? '',
    },
    { key: 'facts', title: t('chain.facts'), wide: true, cell: facts, text: facts },
  ]
}
