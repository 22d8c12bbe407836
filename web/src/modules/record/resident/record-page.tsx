import { type Fact, recordApi, type Summary, type Trend } from '@tongmai/api/record'
import { showDay } from '../../../kernel/dates.ts'
import { useSmallParam } from '../../../kernel/small-route.tsx'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { useResident } from '../../../shell/resident-frame.tsx'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { changeOf, doubtOf, flagOf, valueText } from './plain.ts'
import { recordResidentWords } from './words.ts'

/** The record of one of the people I stand for. */
export function MyRecordPage() {
  const t = useWords(recordResidentWords)
  const residentId = useSmallParam('id')
  const name = useResident().residents.find(({ id }) => id === residentId)?.name
  return (
    <>
      {name && <p className="me-quiet">{t('record-of', { name })}</p>}
      <MyRecord residentId={residentId} />
    </>
  )
}

/** My own record, or that of somebody I stand for, in plain words. */
export function MyRecord({ residentId }: { residentId: string }) {
  const read = useRead(recordApi.readMyRecord, { params: { id: residentId } })
  return <Known read={read}>{(summary) => <Whole summary={summary} />}</Known>
}

function Whole({ summary }: { summary: Summary }) {
  const t = useWords(recordResidentWords)
  const { residentId, allergies, problems, medicines, encounters, immunisations } = summary
  const { reports, documents } = summary
  return (
    <>
      <Lines title={t('allergies')} facts={allergies} />
      <Lines title={t('problems')} facts={problems} />
      <Lines title={t('medicines')} facts={medicines} to="/medicines" />
      <Measurements title={t('vitals')} trends={summary.vitals} />
      <Measurements title={t('labs')} trends={summary.labs} />
      <Lines title={t('reports')} facts={reports} residentId={residentId} />
      <Lines title={t('documents')} facts={documents} residentId={residentId} />
      <Lines title={t('encounters')} facts={encounters} />
      <Lines title={t('immunisations')} facts={immunisations} />
      <Block>
        <Row title={t('see-all')} to={`/record/${residentId}/timeline`} />
      </Block>
    </>
  )
}

interface LinesProps {
  readonly title: string
  readonly facts: readonly Fact[]
  /** The page that says more. */
  readonly to?: string
  /** Whose they are, where files of theirs open. */
  readonly residentId?: string
}

function Lines({ title, facts, to, residentId }: LinesProps) {
  const t = useWords(recordResidentWords)
  return (
    <Block title={title}>
      {facts.length === 0 && <p>{t('none')}</p>}
      {facts.map((fact) => (
        <FactRow key={`${fact.type}/${fact.id}`} fact={fact} residentId={residentId} />
      ))}
      {to && facts.length > 0 && <Row title={t('more-about')} to={to} />}
    </Block>
  )
}

/** One fact: what, when, where; its file, where it has one. */
export function FactRow({ fact, residentId }: { fact: Fact; residentId?: string | undefined }) {
  const t = useWords(recordResidentWords)
  const when = fact.at ? showDay(fact.at) : t('unknown-date')
  const where = fact.provider ?? fact.institution?.name ?? ''
  const flag = flagOf(fact)
  const doubt = doubtOf(fact)
  return (
    <Row
      title={`${fact.label.text} ${valueText(fact.values)}`.trim()}
      detail={[doubt && t(doubt), when, fact.note, where].filter(Boolean).join(' · ')}
      {...(flag ? { end: t(`flag.${flag}`) } : {})}
      {...(residentId && fact.hasFile ? { to: `/record/${residentId}/files/${fact.type}/${fact.id}` } : {})}
    />
  )
}

function Measurements({ title, trends }: { title: string; trends: readonly Trend[] }) {
  if (trends.length === 0) return null
  return (
    <Block title={title}>
      {trends.map((trend) => (
        <Measurement key={trend.latest.id} trend={trend} />
      ))}
    </Block>
  )
}

/** A number explained: what it is, how it stands to the last time, whether it is normal. */
function Measurement({ trend }: { trend: Trend }) {
  const t = useWords(recordResidentWords)
  const { latest } = trend
  const change = changeOf(trend)
  const flag = flagOf(latest)
  const words = [change && t(change), flag && t(`flag.${flag}`)].filter(Boolean).join('，')
  return (
    <Row
      title={`${trend.label.text} ${valueText(latest.values)}`}
      detail={[words, latest.at && showDay(latest.at)].filter(Boolean).join(' · ')}
    />
  )
}
