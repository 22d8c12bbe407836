import { contractApi } from '@tongmai/api/contract'
import type { ServicePackage } from '@tongmai/api/contract/package'
import { residentApi } from '@tongmai/api/resident'
import type { OpenedResident } from '@tongmai/api/resident/person'
import { Button } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useGo, useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { ResidentBanner } from '../resident/index.ts'
import { type Member, MemberFields } from './member-fields.tsx'
import { beginParty, PartyFields, partyOf } from './party-fields.tsx'
import { isSigned, notSigned, SignatureFields, signatureOf } from './signature-fields.tsx'
import { yuanOf } from './state.tsx'
import { contractWords } from './words.ts'

const search = z.object({ resident: z.optional(z.string()) })

/** Signing at the desk or at home on a tablet: who, with whom, which packages, and the signature. */
export function SignPage() {
  const t = useWords(contractWords)
  const [{ resident: id }] = useSearch(search)
  const person = useRead(residentApi.read, { params: { id: id ?? '' } }, { when: id !== undefined })
  const today = showDay(timeNow())
  const packages = useRead(contractApi.listPackages, { query: { on: today, limit: 100 } })
  if (!id) return <Nothing title={t('new.who')} hint={t('new.who-hint')} />
  return (
    <Page title={t('sign.title')} hint={t('sign.hint')}>
      <Loaded read={person}>
        {(resident) => (
          <Loaded read={packages}>
            {({ items }) =>
              items.length === 0 ? (
                <Nothing title={t('sign.no-packages')} />
              ) : (
                <SignForm key={resident.id} resident={resident} packages={items} />
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

interface SignFormProps {
  readonly resident: OpenedResident
  readonly packages: readonly ServicePackage[]
}

function SignForm({ resident, packages }: SignFormProps) {
  const t = useWords(contractWords)
  const go = useGo()
  const tell = useTell()
  const basic = packages.filter((one) => one.level === 'basic').map((one) => one.id)
  const [members, setMembers] = useState<readonly Member[]>([
    { residentId: resident.id, name: resident.name, packageIds: basic, changesTeam: false },
  ])
  const [party, setParty] = useState(beginParty)
  const [signed, setSigned] = useState({ ...notSigned, signer: resident.name })
  const sign = useWrite(contractApi.sign, {
    touches: ['contract', 'notice'],
    onDone: ({ contracts }) => {
      tell(t('sign.done', { count: contracts.length }))
      const [first] = contracts
      if (first) go(`/contracts/${first.id}`)
    },
  })
  const consent = useRead(contractApi.readConsent, {})
  const chosen = partyOf(party)
  const ready =
    chosen !== null &&
    members.length > 0 &&
    members.every((one) => one.packageIds.length > 0) &&
    isSigned(signed)
  const send = () => {
    if (!chosen || !consent.data) return
    const body = {
      ...chosen,
      consentVersion: consent.data.version,
      signature: signatureOf(signed),
      members: members.map(({ name: _, ...one }) => ({ ...one, packageIds: [...one.packageIds] })),
    }
    sign.mutate({ body })
  }
  const total = members
    .flatMap((one) => one.packageIds)
    .reduce((sum, id) => sum + (packages.find((one) => one.id === id)?.personalFen ?? 0), 0)
  return (
    <>
      <ResidentBanner residentId={resident.id} />
      <Card title={t('sign.members')}>
        <MemberFields resident={resident} packages={packages} value={members} onChange={setMembers} />
        <p className="tm-quiet">
          {t('sign.total')} {t('yuan', { yuan: yuanOf((total * party.months) / 12) })}
        </p>
      </Card>
      <Card title={t('sign.party')}>
        <PartyFields value={party} onChange={setParty} refused={sign.error} />
      </Card>
      <SignatureFields value={signed} onChange={setSigned} residentId={resident.id} />
      <RefusalNote refused={sign.error} />
      <div className="tm-row">
        <Button type="primary" size="large" disabled={!ready} loading={sign.isPending} onClick={send}>
          {t('sign.act')}
        </Button>
      </div>
    </>
  )
}
