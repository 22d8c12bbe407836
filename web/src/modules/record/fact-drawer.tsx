import { type Fact, type Opened, recordApi } from '@tongmai/api/record'
import { Collapse, Drawer } from 'antd'
import { Fragment } from 'react'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { elementWords } from './element-words.ts'
import { labelWords, lineWords, stateWords, valueWords } from './fact-words.ts'
import { ResultTable } from './result-table.tsx'
import { recordWords } from './words.ts'

interface FactDrawerProps {
  readonly residentId: string
  readonly fact: Fact | null
  readonly onClose: () => void
}

/** Where a fact comes from: who recorded it, when, in whose words, and every version. */
export function FactDrawer({ residentId, fact, onClose }: FactDrawerProps) {
  const t = useWords(recordWords)
  const title = fact ? `${t(`kind.${fact.kind}`)} · ${labelWords(fact.label)}` : ''
  return (
    <Drawer open={fact !== null} onClose={onClose} title={title} size={520} destroyOnHidden>
      {fact && <Source residentId={residentId} fact={fact} />}
    </Drawer>
  )
}

function Source({ residentId, fact }: { residentId: string; fact: Fact }) {
  const read = useRead(recordApi.readFact, { params: { id: residentId, type: fact.type, rid: fact.id } })
  return <Loaded read={read}>{(opened) => <Provenance residentId={residentId} opened={opened} />}</Loaded>
}

const gap = { display: 'grid', gap: 8 }

interface ProvenanceProps {
  readonly residentId: string
  readonly opened: Opened
  /** The elements that are to be mended. */
  readonly wrong?: ReadonlySet<string>
}
const none: ReadonlySet<string> = new Set()

/** One fact with everything its source says: who, when, in whose words, every version. */
export function Provenance({ residentId, opened, wrong = none }: ProvenanceProps) {
  const t = useWords(recordWords)
  const dates = useDates()
  const { fact, lines, results, versions, recorder, source } = opened
  const { label, institution, provider, at, until, recordedAt } = fact
  const when = at && `${dates.moment(at)}${until && until > at ? ` – ${dates.moment(until)}` : ''}`
  return (
    <div style={{ display: 'grid', gap: 20 }}>
      {fact.hasFile && (
        <To to={`/residents/${residentId}/documents/${fact.id}${addressOf(fact.type)}`}>
          {t(fact.type === 'DocumentReference' ? 'document.open' : 'document.open-original')}
        </To>
      )}
      {fact.values.length > 0 && <p style={{ fontSize: 22, fontWeight: 600 }}>{valueWords(fact.values)}</p>}
      {results.length > 0 && (
        <section style={gap}>
          <h3>{t('results')}</h3>
          <ResultTable results={results} />
        </section>
      )}
      <section style={gap}>
        <h3>{t('source')}</h3>
        <Facts
          facts={[
            [t('recorded-by'), institution?.name],
            ...(recorder ? ([[t('recorder'), recorder]] as const) : []),
            [t('recorded-at'), dates.moment(recordedAt)],
            [t('happened'), when ?? t('unknown-date')],
            ...(provider ? ([[t('provider'), provider]] as const) : []),
            ...(fact.status ? ([[t('status'), stateWords(fact.status)]] as const) : []),
            ...(label.original ? ([[t('original'), label.original]] as const) : []),
            ...(label.code ? ([[t('code'), `${label.code}（${systemWords(label.system)}）`]] as const) : []),
          ]}
        />
      </section>
      <section style={gap}>
        <h3>{t('details')}</h3>
        <Facts
          facts={lines.map(({ name, text }) => {
            const said = lineWords(text, dates.moment)
            const mark = wrong.has(name) && <StateTag tone="wait">{t('finding.open')}</StateTag>
            return [
              elementWords(name),
              <Fragment key={name}>
                {said} {mark}
              </Fragment>,
            ] as const
          })}
        />
      </section>
      <section style={gap}>
        <h3>{t('versions')}</h3>
        <Facts
          facts={versions.map(
            (one) =>
              [
                t('version-n', { n: one.version }),
                `${dates.moment(one.at)} ${one.institution?.name ?? ''} ${t(`change.${one.change}`)}`,
              ] as const,
          )}
        />
      </section>
      <Collapse
        size="small"
        items={[
          {
            key: 'raw',
            label: t('raw-source'),
            children: (
              <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontSize: 12 }}>
                {pretty(source)}
              </pre>
            ),
          },
        ]}
      />
    </div>
  )
}

/** The code systems that people know by name. */
const systems: Readonly<Record<string, string>> = {
  'http://snomed.info/sct': 'SNOMED CT',
  'http://loinc.org': 'LOINC',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'http://hl7.org/fhir/sid/cvx': 'CVX',
  'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
}
const systemWords = (system: string | null): string => systems[system ?? ''] ?? system ?? ''

/** Of which type it is that has the files, where it is no document. */
const addressOf = (type: string): string => (type === 'DocumentReference' ? '' : `?of=${type}`)

/** The bytes of a file say nothing to a reader. */
const shortened = (name: string, value: unknown): unknown =>
  name === 'data' && typeof value === 'string' && value.length > 200 ? `${value.slice(0, 80)}…` : value

const pretty = (source: string): string => JSON.stringify(JSON.parse(source), shortened, 2)
