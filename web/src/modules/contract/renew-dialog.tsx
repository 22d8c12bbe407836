import { contractApi } from '@tongmai/api/contract'
import type { Contract } from '@tongmai/api/contract/shape'
import { Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { timeNow } from '../../kernel/clock.ts'
import { showDay } from '../../kernel/dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Field, Fields } from '../../ui/field.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { isSigned, notSigned, SignatureFields, signatureOf } from './signature-fields.tsx'
import { contractWords } from './words.ts'

/** Signs the contract that follows: packages as they are offered today, the same team and hospitals. */
export function RenewDialog({ contract, onClose }: { contract: Contract; onClose: () => void }) {
  const t = useWords(contractWords)
  const tell = useTell()
  const offered = useRead(contractApi.listPackages, { query: { on: showDay(timeNow()), limit: 100 } })
  const consent = useRead(contractApi.readConsent, {})
  const [months, setMonths] = useState(12)
  const [chosen, setChosen] = useState<string[] | null>(null)
  const [signed, setSigned] = useState(notSigned)
  const packages = offered.data?.items ?? []
  const codes = new Set(contract.frozen.map((one) => one.code))
  const packageIds = chosen ?? packages.filter((one) => codes.has(one.code)).map((one) => one.id)
  const renew = useWrite(contractApi.renew, {
    touches: ['contract', 'notice'],
    onDone: ({ startsOn }) => {
      tell(t('renew.done', { startsOn }))
      onClose()
    },
  })
  const send = () =>
    renew.mutate({
      params: { id: contract.id },
      body: {
        ...{ months, packageIds, consentVersion: consent.data?.version ?? '' },
        ...{ secondaryId: contract.secondary?.id ?? null, tertiaryId: contract.tertiary?.id ?? null },
        signature: signatureOf(signed),
      },
    })
  return (
    <Modal
      open
      width={720}
      title={t('move.renew')}
      okText={t('move.renew')}
      okButtonProps={{ disabled: packageIds.length === 0 || !isSigned(signed) }}
      confirmLoading={renew.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <RefusalNote refused={renew.error} />
      <Fields columns={2}>
        <Field label={t('packages')} required>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              style={{ width: '100%' }}
              value={packageIds}
              options={packages.map((one) => ({ value: one.id, label: one.name }))}
              onChange={setChosen}
            />
          )}
        </Field>
        <Field label={t('sign.months')}>
          {(id) => (
            <Segmented<number>
              id={id}
              value={months}
              options={[12, 24, 36].map((one) => ({
                value: one,
                label: t('sign.years', { years: one / 12 }),
              }))}
              onChange={setMonths}
            />
          )}
        </Field>
      </Fields>
      <SignatureFields value={signed} onChange={setSigned} residentId={contract.resident.id} />
    </Modal>
  )
}
