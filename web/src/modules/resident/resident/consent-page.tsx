import { type Consent, consentApi, sensitiveCategory } from '@tongmai/api/resident/consent'
import { mineApi } from '@tongmai/api/resident/mine'
import { useState } from 'react'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { residentOwnWords } from './words.ts'

/** To whom I have opened my record; giving and taking back. */
export function ConsentPage() {
  const t = useWords(residentOwnWords)
  const [giving, setGiving] = useState(false)
  const read = useRead(consentApi.listMyConsents, {}, { live: ['resident'] })
  return (
    <>
      {giving ? (
        <Give onClose={() => setGiving(false)} />
      ) : (
        <Button onClick={() => setGiving(true)}>{t('consent.give')}</Button>
      )}
      <Known read={read}>
        {(consents) => (
          <>
            {consents.length === 0 && <p className="me-quiet">{t('consent.none')}</p>}
            {consents.map((one) => (
              <Line key={`${one.id} ${one.version}`} consent={one} />
            ))}
          </>
        )}
      </Known>
    </>
  )
}

function Line({ consent }: { consent: Consent }) {
  const t = useWords(residentOwnWords)
  const { day } = useDates()
  const [asking, setAsking] = useState(false)
  const back = useWrite(consentApi.withdrawMyConsent, { touches: ['resident'] })
  const { institution, categories, state, until, since } = consent
  return (
    <Block title={institution}>
      <p>{`${t('consent.from', { day: day(since) })}，${until ? t('consent.until', { day: day(until) }) : t('consent.open')}`}</p>
      {categories.length > 0 && (
        <p>{t('consent.also', { what: categories.map((one) => t(`category.${one}`)).join('、') })}</p>
      )}
      {state === 'withdrawn' && <p className="me-quiet">{t('consent.withdrawn')}</p>}
      <Sorry refused={back.error} />
      {state === 'active' && !asking && (
        <Button quiet onClick={() => setAsking(true)}>
          {t('consent.withdraw')}
        </Button>
      )}
      {state === 'active' && asking && (
        <>
          <p>{t('consent.sure', { institution })}</p>
          <Button
            busy={back.isPending}
            onClick={() => back.mutate({ params: { id: consent.id }, body: { reason: null } })}
          >
            {t('consent.withdraw')}
          </Button>
          <Button quiet onClick={() => setAsking(false)}>
            {t('consent.keep')}
          </Button>
        </>
      )}
    </Block>
  )
}

const YEAR_MS = 365 * 86_400_000

/** Whom, what besides, and the words that are agreed to. One year, so that nothing is forgotten for ever. */
function Give({ onClose }: { onClose: () => void }) {
  const t = useWords(residentOwnWords)
  const { now } = useDates()
  const [q, setQ] = useState('')
  const [whom, setWhom] = useState<{ id: string; name: string } | null>(null)
  const [categories, setCategories] = useState<readonly (typeof sensitiveCategory.options)[number][]>([])
  const me = useRead(mineApi.readMe, {})
  const give = useWrite(consentApi.giveMyConsent, { touches: ['resident'], onDone: onClose })
  const residentId = me.data?.[0]?.id
  if (!whom) return <Choose q={q} onType={setQ} onChoose={setWhom} onClose={onClose} />
  const also = categories.map((one) => t(`category.${one}`)).join('、')
  const words =
    t('consent.words', { institution: whom.name }) + (also ? t('consent.words-also', { what: also }) : '')
  const send = () =>
    residentId &&
    give.mutate({
      body: {
        ...{
          residentId,
          institutionId: whom.id,
          purpose: 'treatment',
          depth: 'full',
          categories: [...categories],
        },
        ...{ until: new Date(now.getTime() + YEAR_MS), words },
      },
    })
  const flip = (one: (typeof categories)[number], on: boolean) =>
    setCategories(on ? [...categories, one] : categories.filter((other) => other !== one))
  return (
    <Block title={t('consent.give')}>
      <p>{t('consent.extra')}</p>
      {sensitiveCategory.options.map((one) => (
        <p key={one}>
          <label>
            <input
              type="checkbox"
              checked={categories.includes(one)}
              onChange={({ target }) => flip(one, target.checked)}
            />{' '}
            {t(`category.${one}`)}
          </label>
        </p>
      ))}
      <p>{words}</p>
      <Sorry refused={give.error} />
      <Button busy={give.isPending} onClick={send}>
        {t('consent.agree')}
      </Button>
      <Button quiet onClick={onClose}>
        {t('access.cancel')}
      </Button>
    </Block>
  )
}

interface ChooseProps {
  readonly q: string
  readonly onType: (q: string) => void
  readonly onChoose: (whom: { id: string; name: string }) => void
  readonly onClose: () => void
}

function Choose({ q, onType, onChoose, onClose }: ChooseProps) {
  const t = useWords(residentOwnWords)
  const query = { q: q.trim() || '医院' }
  const read = useRead(consentApi.listConsentable, { query }, { keepPrevious: true })
  return (
    <Block title={t('consent.choose')}>
      <Entry label={t('consent.name')} value={q} onChange={onType} />
      <Known read={read}>
        {(found) => (
          <>
            {found.length === 0 && <p className="me-quiet">{t('consent.no-such')}</p>}
            {found.map((one) => (
              <Button key={one.id} quiet onClick={() => onChoose(one)}>
                {one.name}
              </Button>
            ))}
          </>
        )}
      </Known>
      <Button quiet onClick={onClose}>
        {t('access.cancel')}
      </Button>
    </Block>
  )
}
