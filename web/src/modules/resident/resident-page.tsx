import { EyeOutlined } from '@ant-design/icons'
import { residentApi } from '@tongmai/api/resident'
import type { OpenedResident } from '@tongmai/api/resident/person'
import { Button } from 'antd'
import { useState } from 'react'
import { useParam } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { Slot } from '../../kernel/slot.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Cards, Facts } from '../../ui/page.tsx'
import { EditResident } from './edit-resident.tsx'
import { IdentifyResident } from './identify-resident.tsx'
import { OpenedBanner } from './resident-banner.tsx'
import { type Hidden, RevealDialog } from './reveal.tsx'
import { residentWords } from './words.ts'

/** One resident: who it is, and the cards that the modules hang below. */
export function ResidentPage() {
  const id = useParam('id')
  const read = useRead(residentApi.read, { params: { id } }, { live: [`resident:${id}`] })
  return <Loaded read={read}>{(resident) => <Found key={resident.id} resident={resident} />}</Loaded>
}

function Found({ resident }: { resident: OpenedResident }) {
  const t = useWords(residentWords)
  const may = useMay()
  const [open, setOpen] = useState<'edit' | 'identify' | null>(null)
  const close = () => setOpen(null)
  const registers = may('resident.register')
  return (
    <div className="tm-page">
      <OpenedBanner resident={resident}>
        {registers && resident.unknown && (
          <Button size="small" type="primary" onClick={() => setOpen('identify')}>
            {t('unknown.identify')}
          </Button>
        )}
      </OpenedBanner>
      <Slot at="person" residentId={resident.id} />
      <Cards>
        <Known resident={resident} {...(registers ? { onEdit: () => setOpen('edit') } : {})} />
        <Documents resident={resident} />
      </Cards>
      {open === 'edit' && <EditResident resident={resident} onClose={close} />}
      {open === 'identify' && <IdentifyResident resident={resident} onClose={close} />}
    </div>
  )
}

function Known({ resident, onEdit }: { resident: OpenedResident; onEdit?: () => void }) {
  const t = useWords(residentWords)
  const { moment } = useDates()
  const { phoneMasked, addressMasked, foundAt, foundPlace } = resident
  const found = foundPlace ? `${foundPlace}${foundAt ? ` ${moment(foundAt)}` : ''}` : null
  const extra = onEdit && (
    <Button size="small" onClick={onEdit}>
      {t('page.edit')}
    </Button>
  )
  return (
    <Card title={t('page.facts')} extra={extra}>
      <Facts
        facts={[
          [t('field.sex'), t(`sex.${resident.sex}`)],
          [t('field.birth'), resident.birthDate],
          [
            t('field.phone'),
            <Veiled key="p" residentId={resident.id} masked={phoneMasked} hidden={{ field: 'phone' }} />,
          ],
          [
            t('field.address'),
            <Veiled key="a" residentId={resident.id} masked={addressMasked} hidden={{ field: 'address' }} />,
          ],
          ...(found ? ([[t('unknown.place'), found]] as const) : []),
        ]}
      />
    </Card>
  )
}

function Documents({ resident }: { resident: OpenedResident }) {
  const t = useWords(residentWords)
  return (
    <Card title={t('page.documents')}>
      <Facts
        facts={resident.documents.map((one) => [
          one.kind ? `${t(`document.${one.kind}`)}${one.country ? ` ${one.country}` : ''}` : one.system,
          <Veiled
            key={one.id}
            residentId={resident.id}
            masked={one.valueMasked}
            hidden={{ field: 'identifier', documentId: one.id }}
          />,
        ])}
      />
    </Card>
  )
}

interface VeiledProps {
  readonly residentId: string
  readonly masked: string | null
  readonly hidden: Hidden
}

/** A masked value with the button that shows it, for who may. */
function Veiled({ residentId, masked, hidden }: VeiledProps) {
  const t = useWords(residentWords)
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const [value, setValue] = useState<string | null>(null)
  if (masked === null) return '—'
  return (
    <>
      {value ?? masked}{' '}
      {value === null && may('resident.reveal') && (
        <Button
          type="text"
          size="small"
          icon={<EyeOutlined />}
          aria-label={`${t('reveal.title')}：${t(`reveal.${hidden.field}`)}`}
          onClick={() => setAsking(true)}
        />
      )}
      {asking && (
        <RevealDialog
          residentId={residentId}
          hidden={hidden}
          onShown={setValue}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
