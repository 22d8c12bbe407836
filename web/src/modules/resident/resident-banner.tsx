import { residentApi } from '@tongmai/api/resident'
import type { OpenedResident } from '@tongmai/api/resident/person'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useMay } from '../../kernel/session.tsx'
import { Slot } from '../../kernel/slot.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { PersonBanner } from '../../ui/person-banner.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { EmergencyDialog } from './emergency-dialog.tsx'
import { type Hidden, RevealDialog } from './reveal.tsx'
import { residentWords } from './words.ts'

declare module '../../kernel/module.ts' {
  interface SlotProps {
    /** In the banner of one resident: what later modules know that everybody must see. */
    'resident.banner': { readonly residentId: string }
  }
}

interface Props {
  readonly residentId: string
  readonly children?: ReactNode
}

/** Who this is about: opened on a lawful basis, which is shown; numbers masked until they are revealed. */
export function ResidentBanner({ residentId, ...rest }: Props) {
  const live = { live: [`resident:${residentId}`] }
  const read = useRead(residentApi.read, { params: { id: residentId } }, live)
  return (
    <Loaded read={read} rows={1}>
      {(resident) => <OpenedBanner resident={resident} {...rest} />}
    </Loaded>
  )
}

/** The same where the resident has been read already. */
export function OpenedBanner({
  resident,
  children,
}: Omit<Props, 'residentId'> & { resident: OpenedResident }) {
  const t = useWords(residentWords)
  const may = useMay()
  const [asking, setAsking] = useState<Hidden | null>(null)
  const [urgent, setUrgent] = useState(false)
  const [number, setNumber] = useState<string | null>(null)
  const { id, name, sex, birthDate, idMasked, phoneMasked, basis, depth, unknown } = resident
  const mayReveal = may('resident.reveal') && number === null && idMasked !== null
  const shortly =
    t('page.basis', { basis: t(`basis.${basis}`) }) + (depth === 'summary' ? t('page.summary') : '')
  return (
    <>
      <PersonBanner
        name={name}
        sex={sex === 'unspecified' ? 'other' : sex}
        birthDay={birthDate}
        idShown={number ?? idMasked ?? '—'}
        basis={shortly}
        to={`/residents/${id}`}
        {...(mayReveal ? { onReveal: () => setAsking({ field: 'identifier' }) } : {})}
      >
        <Slot at="resident.banner" residentId={id} />
        {phoneMasked && <span>{phoneMasked}</span>}
        {depth === 'summary' && may('resident.emergency') && (
          <Button className="tm-no-print" size="small" danger onClick={() => setUrgent(true)}>
            {t('emergency.open')}
          </Button>
        )}
        {unknown && <StateTag tone="wait">{t('unknown.state')}</StateTag>}
        {children}
      </PersonBanner>
      {depth === 'summary' && <p className="tm-quiet">{t('page.summary-hint')}</p>}
      {urgent && (
        <EmergencyDialog found={{ id, nameMasked: resident.nameMasked }} onClose={() => setUrgent(false)} />
      )}
      {asking && (
        <RevealDialog residentId={id} hidden={asking} onShown={setNumber} onClose={() => setAsking(null)} />
      )}
    </>
  )
}
