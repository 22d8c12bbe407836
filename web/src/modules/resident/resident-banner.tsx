import { residentApi } from '@tongmai/api/resident'
import type { OpenedResident, ResidentCard } from '@tongmai/api/resident/person'
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
    /** In the banner of one resident: what later modules know that everybody must see, but for the alerts it has `said`. */
    'resident.banner': { readonly residentId: string; readonly said?: readonly string[] }
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

interface CaseBannerProps {
  readonly resident: ResidentCard
  /** What the case itself says of allergies and dangers. */
  readonly alerts?: readonly string[]
  /** Said in place of the basis where the record is not open to my institution. */
  readonly basis?: string
  readonly children?: ReactNode
}

const shownSex = (sex: ResidentCard['sex']) => (sex === 'unspecified' ? 'other' : sex)

/** Whom a case is about: as `ResidentBanner` where my institution may open the record now, masked where it may not. */
export function CaseBanner({ resident, alerts = [], basis, children }: CaseBannerProps) {
  const live = { live: [`resident:${resident.id}`] }
  const { data } = useRead(residentApi.read, { params: { id: resident.id } }, live)
  if (data)
    return (
      <OpenedBanner resident={data} alerts={alerts}>
        {children}
      </OpenedBanner>
    )
  return (
    <PersonBanner
      name={resident.nameMasked}
      sex={shownSex(resident.sex)}
      birthDay={resident.birthDate}
      idShown={resident.idMasked ?? ''}
      alerts={alerts}
      basis={basis}
    >
      {children}
    </PersonBanner>
  )
}

/** The same where the resident has been read already. */
export function OpenedBanner({
  resident,
  alerts = [],
  children,
}: Omit<CaseBannerProps, 'resident' | 'basis'> & { resident: OpenedResident }) {
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
        sex={shownSex(sex)}
        birthDay={birthDate}
        idShown={number ?? idMasked ?? '—'}
        alerts={alerts}
        basis={shortly}
        to={`/residents/${id}`}
        {...(mayReveal ? { onReveal: () => setAsking({ field: 'identifier' }) } : {})}
      >
        <Slot at="resident.banner" residentId={id} said={alerts} />
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
