import { residentApi } from '@tongmai/api/resident'
import type { Consent, ConsentSigner, SheetMedia } from '@tongmai/api/resident/consent'
import { Button } from 'antd'
import { useState } from 'react'
import { useParam } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useBytes } from '../../kernel/use-bytes.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Cards, Facts, Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { periodText, scopeText } from './consent-scope.ts'
import { ConsentSheet } from './consent-sheet.tsx'
import { consentState } from './consent-state.ts'
import { ConsentWithdraw } from './consent-withdraw.tsx'
import { ResidentBanner } from './resident-banner.tsx'
import { residentWords } from './words.ts'

/** One consent: the sheet as it was signed, what follows from it, and its history. */
export function ConsentPage() {
  const id = useParam('id')
  const read = useRead(residentApi.readConsent, { params: { id } }, { live: ['resident'] })
  return (
    <Loaded read={read}>
      {(versions) => versions[0] && <Whole last={versions[0]} versions={versions} />}
    </Loaded>
  )
}

function Whole({ last, versions }: { last: Consent; versions: readonly Consent[] }) {
  const t = useWords(residentWords)
  const may = useMay()
  const { now, moment } = useDates()
  const [taking, setTaking] = useState(false)
  const first = versions.at(-1) ?? last
  const state = consentState(last, now)
  return (
    <Page
      title={t('consent.page')}
      hint={last.institution}
      actions={
        <>
          <Button onClick={() => window.print()}>{t('consent.print')}</Button>
          {state === 'active' && may('resident.register') && (
            <Button danger onClick={() => setTaking(true)}>
              {t('consent.withdraw')}
            </Button>
          )}
        </>
      }
    >
      <ResidentBanner residentId={last.residentId} />
      <Card>
        <ConsentSheet words={first.words} version={first.textVersion}>
          {first.sheet && <Sheet id={first.id} media={first.sheet} />}
          <p>
            {[first.signer && `${t('consent.signer')}：${first.signer.name}`, moment(first.since)]
              .filter(Boolean)
              .join('，')}
          </p>
        </ConsentSheet>
      </Card>
      <Cards least={420}>
        <Card title={t('consent.what')}>
          <Facts
            facts={[
              [
                t('consent.state'),
                <StateTag key="s" tone={state === 'active' ? 'good' : 'note'}>
                  {t(`consent.${state}`)}
                </StateTag>,
              ],
              [t('consent.whom'), last.institution],
              [t('consent.purpose'), t(`purpose.${last.purpose}`)],
              [t('consent.scope'), scopeText(t, last.depth, last.categories)],
              [t('consent.period'), periodText(t, last.until)],
              [t('consent.signed'), t(`signed.${first.signed}`)],
            ]}
          />
        </Card>
        <Card title={t('consent.history')}>
          <ul>
            {versions.map((one) => (
              <li key={one.version}>
                <History version={one} />
              </li>
            ))}
          </ul>
        </Card>
      </Cards>
      {taking && <ConsentWithdraw consent={last} onClose={() => setTaking(false)} />}
    </Page>
  )
}

function History({ version: { at, state, signer, recorder, reason } }: { version: Consent }) {
  const t = useWords(residentWords)
  const { moment } = useDates()
  const who = ({ self, name }: ConsentSigner) => t(self ? 'consent.self' : 'consent.stands', { name })
  return [
    moment(at),
    t(state === 'active' ? 'consent.given' : 'consent.taken-back'),
    signer && who(signer),
    recorder && t('consent.recorder', { name: recorder }),
    reason,
  ]
    .filter(Boolean)
    .join(' · ')
}

/** The signature, or the scan: a picture is shown, anything else opened. */
function Sheet({ id, media }: { id: string; media: SheetMedia }) {
  const t = useWords(residentWords)
  const address = useBytes(residentApi.readConsentSheet, { params: { id } }, media)
  if (!address) return null
  if (media !== 'application/pdf')
    return <img src={address} alt={t('consent.keep-sheet')} className="tm-consent-mark" />
  return (
    <a href={address} target="_blank" rel="noreferrer" className="tm-no-print">
      {t('consent.open-sheet')}
    </a>
  )
}
