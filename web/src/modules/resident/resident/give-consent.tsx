import {
  type ConsentText,
  consentApi,
  consentPurpose,
  type SensitiveCategory,
  sensitiveCategory,
} from '@tongmai/api/resident/consent'
import { consentWords } from '@tongmai/api/resident/consent-words'
import { depth } from '@tongmai/api/resident/person'
import { useCallback, useState } from 'react'
import { useDates } from '../../../kernel/use-dates.ts'
import { useForm } from '../../../kernel/use-form.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend } from '../../../kernel/use-send.ts'
import { useWords } from '../../../kernel/words.ts'
import { useResident } from '../../../shell/resident-frame.tsx'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices, Ticks } from '../../../ui/light/choices.tsx'
import { DraftNote } from '../../../ui/light/draft-note.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { endOf, type Period, periods, periodText, scopeText } from '../consent-scope.ts'
import { residentOwnWords } from './words.ts'

const nothing = {
  ...{ residentId: '', institutionId: '', institution: '', purpose: 'treatment', depth: 'full' },
  ...{ categories: [] as readonly string[], period: 'year', lastDay: '', step: 0 },
}
type Said = typeof nothing
const touches = ['resident']

interface StepProps {
  readonly said: Said
  readonly onChange: (change: Partial<Said>) => void
}

/** Opening a record to a hospital: whose and to whom, what for and how long, then the words that are agreed to. */
export function GiveConsent({ onClose }: { onClose: () => void }) {
  const t = useWords(residentOwnWords)
  const people = useResident().residents
  const form = useForm('resident.consent', nothing)
  const said = { ...form.value, residentId: form.value.residentId || (people[0]?.id ?? '') }
  const done = useCallback(() => {
    form.discard()
    onClose()
  }, [form.discard, onClose])
  const props = { said, onChange: form.change }
  const isReady = said.step === 0 ? said.institutionId !== '' : said.period !== 'day' || said.lastDay !== ''
  return (
    <>
      <DraftNote form={form} />
      {said.step === 0 && <Whom {...props} />}
      {said.step === 1 && <What {...props} />}
      {said.step === 2 && <Agree said={said} onDone={done} />}
      {said.step < 2 && (
        <Button busy={!isReady} onClick={() => form.change({ step: said.step + 1 })}>
          {t('consent.next')}
        </Button>
      )}
      <Button quiet onClick={() => (said.step > 0 ? form.change({ step: said.step - 1 }) : done())}>
        {t('access.cancel')}
      </Button>
    </>
  )
}

function Whom({ said, onChange }: StepProps) {
  const t = useWords(residentOwnWords)
  const people = useResident().residents
  const [q, setQ] = useState('')
  const query = { q: q.trim() || '医院' }
  const read = useRead(consentApi.listConsentable, { query }, { keepPrevious: true })
  return (
    <>
      {people.length > 1 && (
        <Block title={t('consent.whose')}>
          <Choices
            name={t('consent.whose')}
            value={said.residentId}
            options={people.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(residentId) => onChange({ residentId })}
          />
        </Block>
      )}
      <Block title={t('consent.choose')}>
        <Entry label={t('consent.name')} value={q} onChange={setQ} />
        <Known read={read}>
          {(found) => (
            <>
              {found.length === 0 && <p className="me-quiet">{t('consent.no-such')}</p>}
              <Choices
                name={t('consent.choose')}
                value={said.institutionId}
                options={found.map((one) => ({ value: one.id, label: one.name }))}
                onChange={(institutionId) =>
                  onChange({
                    ...{
                      institutionId,
                      institution: found.find(({ id }) => id === institutionId)?.name ?? '',
                    },
                  })
                }
              />
            </>
          )}
        </Known>
      </Block>
    </>
  )
}

function What({ said, onChange }: StepProps) {
  const t = useWords(residentOwnWords)
  return (
    <>
      <Block title={t('consent.for')}>
        <Choices
          name={t('consent.for')}
          value={said.purpose}
          options={consentPurpose.options.map((value) => ({ value, label: t(`purpose.${value}`) }))}
          onChange={(purpose) => onChange({ purpose })}
        />
      </Block>
      <Block title={t('consent.how-much')}>
        <Choices
          name={t('consent.how-much')}
          value={said.depth}
          options={depth.options.map((value) => ({ value, label: t(`depth.${value}`) }))}
          onChange={(next) => onChange({ depth: next })}
        />
        <p>{t('consent.extra')}</p>
        <Ticks
          values={said.categories}
          options={sensitiveCategory.options.map((value) => ({ value, label: t(`category.${value}`) }))}
          onChange={(categories) => onChange({ categories })}
        />
      </Block>
      <Block title={t('consent.how-long')}>
        <Choices
          name={t('consent.how-long')}
          value={said.period}
          options={periods.map((value) => ({ value, label: t(`period.${value}`) }))}
          onChange={(period) => onChange({ period })}
        />
        {said.period === 'day' && (
          <Entry
            type="date"
            label={t('consent.last-day')}
            value={said.lastDay}
            onChange={(lastDay) => onChange({ lastDay })}
          />
        )}
      </Block>
    </>
  )
}

/** What was chosen, in the shapes of the contract. */
function meant(said: Said, now: Date) {
  const period: Period = periods.find((one) => one === said.period) ?? 'year'
  return {
    purpose: consentPurpose.options.find((one) => one === said.purpose) ?? 'treatment',
    depth: depth.options.find((one) => one === said.depth) ?? 'full',
    categories: said.categories.filter((one): one is SensitiveCategory =>
      sensitiveCategory.options.some((known) => known === one),
    ),
    until: endOf(period, said.lastDay || null, now) ?? null,
  }
}

function Agree({ said, onDone }: { said: Said; onDone: () => void }) {
  const t = useWords(residentOwnWords)
  const texts = useRead(consentApi.listConsentTexts, {})
  const people = useResident().residents
  const { now } = useDates()
  const give = useSend(consentApi.giveMyConsent, { what: 'resident.consent.give', touches, onKept: onDone })
  const { residentId, institutionId, institution } = said
  const chosen = meant(said, now)
  const wordsOf = (text: ConsentText) =>
    consentWords(text, {
      ...{ signer: people[0]?.name ?? '', institution, period: periodText(t, chosen.until) },
      resident:
        residentId === people[0]?.id
          ? t('consent.own')
          : (people.find((one) => one.id === residentId)?.name ?? ''),
      scope: scopeText(t, chosen.depth, chosen.categories),
    })
  return (
    <Known read={texts}>
      {(all) => {
        const text = all.find((one) => one.purpose === chosen.purpose)
        if (!text) return <p className="me-quiet">{t('missing')}</p>
        const words = wordsOf(text)
        const body = { ...chosen, residentId, institutionId, words, textVersion: text.version }
        return (
          <Block title={institution}>
            <p>{words}</p>
            <Sorry refused={give.error} />
            <Button busy={give.busy} onClick={() => void give.send({ body })}>
              {t('consent.agree')}
            </Button>
          </Block>
        )
      }}
    </Known>
  )
}
