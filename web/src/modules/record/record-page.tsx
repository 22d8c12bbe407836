import { recordApi, type Summary } from '@tongmai/api/record'
import { Button } from 'antd'
import { To, useParam } from '../../kernel/route.tsx'
import { Slot } from '../../kernel/slot.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Cards, Page } from '../../ui/page.tsx'
import { Printed } from '../../ui/printed.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { AddDocument } from './add-document.tsx'
import { FactList } from './fact-list.tsx'
import { TrendList } from './trend-list.tsx'
import { useOpenedFact } from './use-opened-fact.tsx'
import { recordWords } from './words.ts'

declare module '../../kernel/module.ts' {
  interface SlotProps {
    /** Beside the title of a record: what later modules make of it. */
    'record.actions': { readonly residentId: string }
  }
}

/** The record of one resident on one page. */
export function RecordPage() {
  const id = useParam('id')
  const read = useRead(recordApi.readRecord, { params: { id } })
  return <Loaded read={read}>{(summary) => <Whole summary={summary} />}</Loaded>
}

function Whole({ summary }: { summary: Summary }) {
  const t = useWords(recordWords)
  const [drawer, open] = useOpenedFact(summary.residentId)
  const { residentId, counts } = summary
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <Page
      title={t('title')}
      hint={t('counts', { encounters: counts.encounter ?? 0, measurements: counts.observation ?? 0 })}
      actions={
        <>
          <To to={`/residents/${residentId}/timeline`}>{t('open-timeline')}</To>
          <Slot at="record.actions" residentId={residentId} />
          <Button onClick={() => window.print()}>{t('document.print')}</Button>
          <AddDocument residentId={residentId} />
        </>
      }
    >
      <ResidentBanner residentId={residentId} />
      {total === 0 ? (
        <Nothing title={t('none')} hint={t('none-hint')} />
      ) : (
        <Cards least={420}>
          <Card title={t('problems')}>
            <FactList facts={summary.problems} empty={t('no-problems')} onOpen={open} />
          </Card>
          <Card title={t('allergies')}>
            <FactList facts={summary.allergies} empty={t('no-allergies')} onOpen={open} />
          </Card>
          <Card title={t('medicines')}>
            <FactList facts={summary.medicines} empty={t('no-medicines')} onOpen={open} />
          </Card>
          <Card title={t('vitals')}>
            <TrendList trends={summary.vitals} empty={t('no-vitals')} onOpen={open} />
          </Card>
          <Card title={t('labs')}>
            <TrendList trends={summary.labs} empty={t('no-labs')} onOpen={open} first={10} />
          </Card>
          <More summary={summary} onOpen={open} />
        </Cards>
      )}
      <Printed note={t('print.keep')} />
      {drawer}
    </Page>
  )
}

/** What there is besides, each only where there is some. */
function More({ summary, onOpen }: { summary: Summary; onOpen: Parameters<typeof FactList>[0]['onOpen'] }) {
  const t = useWords(recordWords)
  const parts = [
    ['encounters', summary.encounters, 'encounter'],
    ['reports', summary.reports, 'report'],
    ['plans', summary.plans, 'plan'],
    ['procedures', summary.procedures, 'procedure'],
    ['immunisations', summary.immunisations, 'immunisation'],
    ['documents', summary.documents, 'document'],
    ['past-problems', summary.pastProblems, null],
    ['past-medicines', summary.pastMedicines, null],
  ] as const
  return parts
    .filter(([, facts]) => facts.length > 0)
    .map(([name, facts, kind]) => (
      <Card key={name} title={t(name)}>
        <FactList facts={facts} empty="" onOpen={onOpen} first={6} withState={name === 'plans'} />
        {kind && (summary.counts[kind] ?? 0) > facts.length && (
          <To to={`/residents/${summary.residentId}/timeline?kinds=${kind}`}>
            {t('all-of-kind', { count: summary.counts[kind] ?? 0 })}
          </To>
        )}
      </Card>
    ))
}
