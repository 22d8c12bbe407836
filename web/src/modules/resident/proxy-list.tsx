import { residentApi } from '@tongmai/api/resident'
import { type ProxyRequest, proxyState } from '@tongmai/api/resident/proxy'
import { Button, Input, Modal } from 'antd'
import * as z from 'zod/mini'
import { call } from '../../kernel/call.ts'
import { useGo, useParam, useSearch } from '../../kernel/route.tsx'
import { useBytes } from '../../kernel/use-bytes.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { alike } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { ReviewFilters, reviewShape, reviewTable } from './review-filters.tsx'
import { residentWords } from './words.ts'

const filterShape = z.object({ state: z.optional(proxyState), ...reviewShape })
const tones = { asked: 'wait', accepted: 'good', declined: 'bad', withdrawn: 'idle' } as const

/** The list with one request opened, as a work-list leads to it. */
export const ProxyPage = () => <ProxyList opens={useParam('id')} />

/** Who asks to stand for whom; each is decided after a look at the proof. */
export function ProxyList({ opens }: { opens?: string }) {
  const t = useWords(residentWords)
  const go = useGo()
  const { briefly, moment } = useDates()
  const [asked, setFilter] = useSearch(filterShape)
  const table = reviewTable(asked, setFilter)
  const query = { ...asked, limit: table.limit }
  const read = useRead(residentApi.listProxyRequests, { query }, { live: ['resident'], keepPrevious: true })
  return (
    <Page title={t('proxy.title')} hint={t('proxy.hint')}>
      <DataTable<ProxyRequest>
        label={t('proxy.title')}
        read={read}
        keyOf={({ id }) => id}
        {...table}
        readPage={(from, most) =>
          call(residentApi.listProxyRequests, { query: { ...query, offset: from, limit: most } })
        }
        filters={
          <ReviewFilters
            states={proxyState.options}
            word={(state) => t(`request.${state}`)}
            state={asked.state}
            q={asked.q}
            hint={t('proxy.search')}
            onChange={(change) => setFilter({ ...change, offset: 0 })}
          />
        }
        empty={<Nothing title={t('proxy.none')} hint={t('proxy.none-hint')} />}
        columns={[
          { key: 'proxy', title: t('proxy.proxy'), ...alike((one: ProxyRequest) => one.proxy.nameMasked) },
          {
            key: 'resident',
            title: t('proxy.resident'),
            ...alike((one: ProxyRequest) => one.resident.nameMasked),
          },
          { key: 'kind', title: t('proxy.kind'), ...alike((one: ProxyRequest) => t(`kind.${one.kind}`)) },
          { key: 'proof', title: t('proxy.proof'), ...alike((one: ProxyRequest) => t(`proof.${one.proof}`)) },
          { key: 'until', title: t('proxy.until'), short: true, ...alike((one: ProxyRequest) => one.until) },
          {
            ...{ key: 'at', title: t('proxy.at'), sort: true, short: true },
            cell: (one) => briefly(one.at),
            text: (one) => moment(one.at),
          },
          {
            ...{ key: 'state', title: t('objection.state') },
            text: (one) => t(`request.${one.state}`),
            cell: (one) => (
              <>
                <StateTag tone={tones[one.state]}>{t(`request.${one.state}`)}</StateTag>{' '}
                {one.state === 'asked' && (
                  <Button size="small" type="primary" onClick={() => go(`/proxy-requests/${one.id}`)}>
                    {t('proxy.check')}
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {opens && <Opened id={opens} onClose={() => go('/proxy-requests')} />}
    </Page>
  )
}

/** Whichever page of the list it stands on. */
function Opened({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error } = useRead(residentApi.readProxyRequest, { params: { id } })
  if (error) return <RefusalNote refused={error} />
  return data ? <Check request={data} onClose={onClose} /> : null
}

function Check({ request, onClose }: { request: ProxyRequest; onClose: () => void }) {
  const t = useWords(residentWords)
  const tell = useTell()
  const proof = useBytes(residentApi.readProxyProof, { params: { id: request.id } })
  const answer = useWrite(residentApi.answerProxy, {
    touches: ['resident'],
    onDone: () => {
      tell(t('proxy.told'))
      form.discard()
      onClose()
    },
  })
  const form = useForm(`resident.proxy:${request.id}`, { note: '' }, answer.error)
  const note = form.value.note.trim() || null
  const send = (accept: boolean) => answer.mutate({ params: { id: request.id }, body: { accept, note } })
  const { proxy, resident, kind, until, state } = request
  const words = { proxy: proxy.nameMasked, resident: resident.nameMasked, kind: t(`kind.${kind}`), until }
  return (
    <Modal
      open
      title={t('proxy.check')}
      onCancel={onClose}
      footer={
        state === 'asked' && [
          <Button key="no" danger disabled={!note} loading={answer.isPending} onClick={() => send(false)}>
            {t('proxy.decline')}
          </Button>,
          <Button key="yes" type="primary" loading={answer.isPending} onClick={() => send(true)}>
            {t('proxy.accept')}
          </Button>,
        ]
      }
    >
      <p>{t('proxy.sentence', words)}</p>
      <p>{[proxy.idMasked, resident.idMasked, resident.birthDate].filter(Boolean).join(' · ')}</p>
      {proof && <img src={proof} alt={t(`proof.${request.proof}`)} style={{ maxWidth: '100%' }} />}
      <RefusalNote refused={answer.error} />
      <DraftNote form={form} />
      <Field label={t('proxy.note')} problem={form.problem('note')}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={500}
            value={form.value.note}
            onChange={(event) => form.set('note', event.target.value)}
          />
        )}
      </Field>
    </Modal>
  )
}
