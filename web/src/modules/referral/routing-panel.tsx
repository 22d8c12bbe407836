import type { Specialty } from '@tongmai/api/network/institution'
import { type PlaceWanted, placeWanted, type Ranking, routingApi } from '@tongmai/api/referral/routing'
import type { SpecialtyProposal } from '@tongmai/api/referral/specialty'
import { Button, Input, Segmented, Select } from 'antd'
import type { FormState } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card } from '../../ui/page.tsx'
import { type Choice, Picker } from '../../ui/picker.tsx'
import { findTechniqueChoices } from '../technique/index.ts'
import { clinical } from './clinical.ts'
import { DestinationCard } from './destination-card.tsx'
import { rangeOf } from './diagnosis-range.ts'
import { ExcludedList } from './excluded-list.tsx'
import type { Typed } from './typed.ts'
import { referralWords } from './words.ts'

/** What was asked for when the advice was read, and why another was chosen. */
export interface Asked {
  readonly specialty: Specialty | null
  readonly technique: Choice | null
  readonly place: PlaceWanted
  readonly reason: string
}
export const nothingAsked: Asked = { specialty: null, technique: null, place: 'clinic', reason: '' }

interface PanelProps {
  readonly residentId: string
  readonly form: FormState<Typed>
  readonly asked: Asked
  readonly onAsk: (asked: Asked) => void
  /** What the diagnosis proposes; it stands in the field until another is chosen. */
  readonly proposed: SpecialtyProposal | null
}

/** Where this patient is served best, ranked with reasons; one click fills in the receiver, and nobody is bound by it. */
export function RoutingPanel({ residentId, form, asked, onAsk, proposed }: PanelProps) {
  const t = useWords(referralWords)
  const say = useSay()
  const { specialty, technique, place } = asked
  const { urgency, direction, diagnosisCode } = form.value
  const query = {
    ...{ residentId, urgency, direction, place, specialty: specialty ?? ('cardiology' as const) },
    ...(technique ? { techniqueId: technique.value } : {}),
    ...(diagnosisCode.trim() ? { diagnosis: diagnosisCode.trim().toUpperCase() } : {}),
  }
  const read = useRead(
    routingApi.rankDestinations,
    { query },
    { when: specialty !== null, keepPrevious: true, live: ['capacity', 'technique'], everyMs: 60_000 },
  )
  return (
    <Card title={t('routing.title')}>
      <div style={{ display: 'grid', gap: 12 }}>
        <p className="tm-quiet">{t('routing.hint')}</p>
        <Fields columns={3}>
          <Field
            label={t('routing.specialty')}
            hint={
              proposed && specialty === proposed.specialty
                ? t('routing.proposed', { range: rangeOf(proposed) })
                : undefined
            }
          >
            {(id) => (
              <Select<Specialty>
                id={id}
                showSearch={{ optionFilterProp: 'label' }}
                value={specialty}
                options={clinical.map((value) => ({ value, label: say(`network.specialty.${value}`) }))}
                onChange={(next) => onAsk({ ...asked, specialty: next })}
              />
            )}
          </Field>
          <Field label={t('routing.technique')}>
            {(id) => (
              <Picker
                id={id}
                name="referral.technique"
                find={findTechniqueChoices}
                value={technique}
                onChange={(next) => onAsk({ ...asked, technique: next })}
              />
            )}
          </Field>
          <Field label={t('routing.place')}>
            {(id) => (
              <Segmented
                id={id}
                value={place}
                options={placeWanted.options.map((value) => ({ value, label: t(`place-wanted.${value}`) }))}
                onChange={(next) => onAsk({ ...asked, place: next })}
              />
            )}
          </Field>
        </Fields>
        {specialty === null ? (
          <p className="tm-quiet">{t('routing.choose-specialty')}</p>
        ) : (
          <Loaded read={read} rows={4}>
            {(ranking) => (
              <>
                <Advice ranking={ranking} form={form} asked={asked} onAsk={onAsk} />
                <CostLink ranking={ranking} query={query} />
              </>
            )}
          </Loaded>
        )}
      </div>
    </Card>
  )
}

/** All destinations with their working on one sheet, to be printed for the resident before anything is chosen. */
function CostLink({
  ranking,
  query,
}: {
  ranking: Ranking
  query: { residentId: string; place: PlaceWanted; diagnosis?: string }
}) {
  const t = useWords(referralWords)
  const places = [...new Set(ranking.offered.map(({ institutionId }) => institutionId))].slice(0, 6)
  if (places.length === 0) return null
  const asked = new URLSearchParams({
    ...{ resident: query.residentId, to: places.join(','), referred: 'true' },
    kind: query.place === 'bed' ? 'inpatient' : 'outpatient',
    ...(query.diagnosis ? { diagnosis: query.diagnosis } : {}),
  })
  return (
    <a href={`/cost?${asked}`} target="_blank" rel="noreferrer">
      {t('routing.print-costs', { count: places.length })}
    </a>
  )
}

function Advice({
  ranking,
  form,
  asked,
  onAsk,
}: Omit<PanelProps, 'residentId' | 'proposed'> & { ranking: Ranking }) {
  const t = useWords(referralWords)
  const { to, department } = form.value
  const [first] = ranking.offered
  const isChosen = (one: { institutionId: string; departmentId: string }) =>
    to?.value === one.institutionId && (department === null || department.value === one.departmentId)
  const against = to !== null && first !== undefined && !isChosen(first)
  return (
    <>
      {ranking.offered.length === 0 && <Nothing title={t('routing.none')} hint={t('routing.none-hint')} />}
      <ol
        className="tm-cards"
        style={{ gridTemplateColumns: 'repeat(auto-fill, minmax(min(300px, 100%), 1fr))' }}
      >
        {ranking.offered.slice(0, 6).map((one, i) => (
          <DestinationCard key={one.departmentId} destination={one} rank={i + 1} place={asked.place}>
            <Button
              type={i === 0 ? 'primary' : 'default'}
              size="small"
              disabled={isChosen(one)}
              onClick={() =>
                form.change({
                  to: { value: one.institutionId, label: one.institution },
                  department: { value: one.departmentId, label: one.department },
                  doctor: null,
                })
              }
            >
              {t(isChosen(one) ? 'routing.taken' : 'routing.take')}
            </Button>
          </DestinationCard>
        ))}
      </ol>
      {against && (
        <Field label={t('routing.against')}>
          {(id) => (
            <Input
              id={id}
              maxLength={500}
              value={asked.reason}
              onChange={({ target }) => onAsk({ ...asked, reason: target.value })}
            />
          )}
        </Field>
      )}
      <ExcludedList ranking={ranking} />
    </>
  )
}
