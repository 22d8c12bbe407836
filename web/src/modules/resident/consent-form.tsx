import { residentApi } from '@tongmai/api/resident'
import type { ConsentSigner, ConsentText } from '@tongmai/api/resident/consent'
import { consentWords } from '@tongmai/api/resident/consent-words'
import type { OpenedResident } from '@tongmai/api/resident/person'
import { Button } from 'antd'
import { useState } from 'react'
import { Refused } from '../../kernel/refused.ts'
import { useGo, useParam } from '../../kernel/route.tsx'
import { upload } from '../../kernel/upload.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { RefusalNote, useTell, useTellRefused } from '../../ui/tell.tsx'
import { nothingYet, type Permission } from './consent-blank.ts'
import { ConsentFields } from './consent-fields.tsx'
import { endOf, periodText, scopeText } from './consent-scope.ts'
import { ConsentSheet, SignLines } from './consent-sheet.tsx'
import { ConsentSign, type Signing, unsigned } from './consent-sign.tsx'
import { OpenedBanner } from './resident-banner.tsx'
import { residentWords } from './words.ts'

/** The desk records what a resident, or who stands for them, has signed; it holds at once. */
export function ConsentForm() {
  const id = useParam('id')
  const resident = useRead(residentApi.read, { params: { id } })
  const signers = useRead(residentApi.listConsentSigners, { params: { id } })
  const texts = useRead(residentApi.listConsentTexts, {})
  return (
    <Loaded read={resident}>
      {(one) => (
        <Loaded read={signers}>
          {(may) => (
            <Loaded read={texts}>{(words) => <Form resident={one} signers={may} texts={words} />}</Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

interface FormProps {
  readonly resident: OpenedResident
  readonly signers: readonly ConsentSigner[]
  readonly texts: readonly ConsentText[]
}

function Form({ resident, signers, texts }: FormProps) {
  const t = useWords(residentWords)
  const tell = useTell()
  const tellRefused = useTellRefused()
  const go = useGo()
  const { now } = useDates()
  const [signing, setSigning] = useState<Signing>(unsigned)
  const [sending, setSending] = useState(false)
  const record = useWrite(residentApi.recordConsent, {
    touches: ['resident', `resident:${resident.id}`],
    onDone: ({ institution }) => {
      tell(t('consent.recorded', { institution }))
      form.discard()
      go(`/residents/${resident.id}`)
    },
  })
  const form = useForm<Permission>(`resident.consent:${resident.id}`, nothingYet, record.error)
  const { institution, purpose, depth, categories, period, lastDay } = form.value
  const signer = signers.find((one) => one.id === form.value.signerId) ?? signers[0]
  const until = endOf(period, lastDay, now)
  const text = texts.find((one) => one.purpose === purpose)
  const words =
    institution && signer && text && until !== undefined
      ? consentWords(text, {
          ...{ signer: signer.name, resident: signer.self ? t('consent.own') : resident.name },
          ...{ institution: institution.label, scope: scopeText(t, depth, categories) },
          period: periodText(t, until),
        })
      : null
  const ready = words !== null && signing.file !== null && signing.read
  const send = async () => {
    if (!words || !institution || !signer || !text || until === undefined || !signing.file) return
    setSending(true)
    try {
      const { hash } = await upload(signing.file)
      record.mutate({
        params: { id: resident.id },
        body: {
          ...{ institutionId: institution.value, purpose, depth, categories: [...categories], until, words },
          ...{ textVersion: text.version, signerId: signer.id, signed: signing.signed, fileHash: hash },
        },
      })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      tellRefused(error)
    } finally {
      setSending(false)
    }
  }
  return (
    <Page title={t('consent.new')} hint={t('consent.new-hint')}>
      <OpenedBanner resident={resident} />
      {signers.length === 0 ? (
        <Nothing title={t('consent.no-signer')} />
      ) : (
        <>
          <div className="tm-no-print">
            <Card title={t('consent.what')}>
              <ConsentFields value={form.value} onChange={form.change} signers={signers} />
            </Card>
          </div>
          <Card>
            <ConsentSheet words={words} version={text?.version ?? null}>
              <SignLines />
            </ConsentSheet>
            <ConsentSign value={signing} onChange={setSigning} />
            <RefusalNote refused={record.error} />
            <DraftNote form={form} />
            <p className="tm-no-print" style={{ maxWidth: 720, margin: '16px auto 0' }}>
              <Button
                type="primary"
                disabled={!ready}
                loading={sending || record.isPending}
                onClick={() => void send()}
              >
                {t('consent.record')}
              </Button>
            </p>
          </Card>
        </>
      )}
    </Page>
  )
}
