import { contractApi } from '@tongmai/api/contract'
import type { Flag } from '@tongmai/api/contract/fulfilment'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import * as z from 'zod/mini'
import { useSearch } from '../../kernel/route.tsx'
import { useMay } from '../../kernel/session.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Field } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { contractWords } from './words.ts'

const LIMIT = 50
const search = z.object({ offset: z._default(z.coerce.number(), 0) })

/** Deliveries that look odd, until a person has looked at them. */
export function FlagList() {
  const t = useWords(contractWords)
  const may = useMay()
  const { briefly } = useDates()
  const [{ offset }, setSearch] = useSearch(search)
  const [open, setOpen] = useState<Flag | null>(null)
  const read = useRead(
    contractApi.listFlags,
    { query: { offset, limit: LIMIT } },
    { live: ['contract'], keepPrevious: true },
  )
  return (
    <Page title={t('flag.title')} hint={t('flag.hint')}>
      <DataTable
        label={t('flag.title')}
        read={read}
        keyOf={(row) => row.id}
        offset={offset}
        limit={LIMIT}
        onPage={(next) => setSearch({ offset: next })}
        empty={<Nothing title={t('flag.none')} />}
        columns={[
          { key: 'person', title: t('person'), width: 120, cell: (row) => row.resident.nameMasked },
          { key: 'item', title: t('service.item'), cell: (row) => row.item },
          { key: 'kind', title: t('flag.title'), cell: (row) => t(`flag.${row.kind}`, row.details) },
          { key: 'by', title: t('flag.practitioner'), cell: (row) => row.practitioner ?? '—' },
          { key: 'at', title: t('service.at'), short: true, cell: (row) => briefly(row.raisedAt) },
          {
            key: 'act',
            title: '',
            align: 'right',
            cell: (row) =>
              may('contract.manage') && (
                <Button size="small" type="primary" ghost onClick={() => setOpen(row)}>
                  {t('flag.review')}
                </Button>
              ),
          },
        ]}
      />
      {open && <ReviewDialog flag={open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function ReviewDialog({ flag, onClose }: { flag: Flag; onClose: () => void }) {
  const t = useWords(contractWords)
  const [note, setNote] = useState('')
  const review = useWrite(contractApi.reviewFlag, { touches: ['contract'], onDone: onClose })
  const send = (verdict: 'upheld' | 'dismissed') =>
    review.mutate({ params: { id: flag.id }, body: { verdict, note } })
  return (
    <Modal
      open
      title={t(`flag.${flag.kind}`, flag.details)}
      onCancel={onClose}
      footer={(['dismissed', 'upheld'] as const).map((verdict) => (
        <Button
          key={verdict}
          danger={verdict === 'upheld'}
          disabled={note.trim() === ''}
          loading={review.isPending}
          onClick={() => send(verdict)}
        >
          {t(`flag.${verdict}`)}
        </Button>
      ))}
    >
      <RefusalNote refused={review.error} />
      <Field label={t('flag.review')} required>
        {(id) => (
          <Input.TextArea id={id} rows={3} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
    </Modal>
  )
}
