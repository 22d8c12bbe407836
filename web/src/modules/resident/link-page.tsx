import { residentApi } from '@tongmai/api/resident'
import type { ComparedLink, FieldWeight, LinkSide } from '@tongmai/api/resident/link'
import { Button, Input, Radio } from 'antd'
import { useCallback } from 'react'
import { useParam } from '../../kernel/route.tsx'
import { useShortcut } from '../../kernel/shortcut.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useSay, useWords } from '../../kernel/words.ts'
import { Compare } from '../../ui/compare.tsx'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Cards, Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { percent } from './link-list.tsx'
import { LinkSteps } from './link-steps.tsx'
import { LinkTag } from './link-tag.tsx'
import { residentWords } from './words.ts'

/** Two residents side by side, what speaks for and against their being one person, and the decision. */
export function LinkPage() {
  const t = useWords(residentWords)
  const id = useParam('id')
  const read = useRead(residentApi.readLink, { params: { id } }, { live: ['resident'] })
  return (
    <Page
      title={t('links.compare')}
      hint={read.data?.state === 'proposed' ? t('links.compare-hint') : undefined}
    >
      <Loaded read={read}>{(link) => <Compared key={`${link.id} ${link.state}`} link={link} />}</Loaded>
    </Page>
  )
}

function Compared({ link }: { link: ComparedLink }) {
  const t = useWords(residentWords)
  const [left, right] = link.sides
  if (!left || !right) return null
  return (
    <>
      <Card title={<LinkTag state={link.state} />}>
        <p>
          {link.probability === null
            ? `${t('links.by-hand')}：${link.note}`
            : t(link.held ? 'links.chance-held' : 'links.chance', { chance: percent(link.probability) })}
          {link.held && ` · ${t(`held.${link.held}`)}`}
        </p>
        <Sides left={left} right={right} />
      </Card>
      <Cards least={420}>
        <Card title={t('links.why')} flush={link.weights.length > 0}>
          {link.weights.length === 0 ? (
            <p className="tm-quiet">{t('links.no-weights')}</p>
          ) : (
            <>
              <Weights weights={link.weights} />
              <p className="tm-quiet" style={{ padding: '8px 16px' }}>
                {t('links.weight-hint')}
              </p>
            </>
          )}
        </Card>
        <Decision link={link} left={left} right={right} />
      </Cards>
      <Card title={t('links.history')}>
        <LinkSteps steps={link.steps} />
      </Card>
    </>
  )
}

function Sides({ left, right }: { left: LinkSide; right: LinkSide }) {
  const t = useWords(residentWords)
  const { moment } = useDates()
  const line = (name: string, of: (side: LinkSide) => string | null) => ({
    name,
    left: of(left) ?? undefined,
    right: of(right) ?? undefined,
  })
  return (
    <Compare
      label={t('links.compare')}
      left={`${t('links.one')} · ${left.name}`}
      right={`${t('links.other')} · ${right.name}`}
      gapsDiffer={false}
      lines={[
        line(t('field.name'), (side) => side.name),
        line(t('field.sex'), (side) => t(`sex.${side.sex}`)),
        line(t('field.birth'), (side) => side.birthDate),
        line(t('field.number'), (side) => side.idMasked),
        line(t('field.phone'), (side) => side.phoneMasked),
        line(t('field.address'), (side) => side.addressMasked),
        line(t('links.registered'), (side) => `${moment(side.registeredAt)} ${side.institution ?? ''}`),
      ]}
    />
  )
}

function Weights({ weights }: { weights: readonly FieldWeight[] }) {
  const t = useWords(residentWords)
  const say = useSay()
  const verdict = (bits: number) =>
    bits > 8
      ? t('weight.strong')
      : bits > 0.5
        ? t('weight.for')
        : bits < -0.5
          ? t('weight.against')
          : t('weight.nothing')
  return (
    <Table
      label={t('links.why')}
      rows={weights}
      keyOf={({ field }) => field}
      columns={[
        { key: 'field', title: t('links.field'), cell: ({ field }) => say(`resident.match.${field}`) },
        { key: 'level', title: t('links.level'), cell: ({ level }) => say(`resident.level.${level}`) },
        {
          key: 'bits',
          title: t('links.says'),
          cell: ({ bits }) => `${verdict(bits)}（${bits > 0 ? '+' : ''}${bits.toFixed(1)}）`,
        },
      ]}
    />
  )
}

const nothingSaid = { note: '', survivorId: null }

/** y: one person, n: two. Both ask for the reason first, so that a key pressed by mistake changes nothing. */
function Decision({ link, left, right }: { link: ComparedLink; left: LinkSide; right: LinkSide }) {
  const t = useWords(residentWords)
  const tell = useTell()
  const form = useForm<{ note: string; survivorId: string | null }>(`resident.link:${link.id}`, nothingSaid)
  const { note, survivorId } = form.value
  const done = (text: 'links.linked' | 'links.separated' | 'links.undone') => ({
    touches: ['resident'],
    onDone: () => {
      tell(t(text))
      form.discard()
    },
  })
  const join = useWrite(residentApi.decideLink, done('links.linked'))
  const part = useWrite(residentApi.decideLink, done('links.separated'))
  const undo = useWrite(residentApi.undoLink, done('links.undone'))
  const params = { id: link.id }
  const isWorded = note.trim().length > 1
  const isLinked = link.state === 'linked'
  const yes = useCallback(
    () =>
      isWorded &&
      !isLinked &&
      join.mutate({ params: { id: link.id }, body: { same: true, survivorId, note } }),
    [isWorded, isLinked, join.mutate, link.id, survivorId, note],
  )
  const no = useCallback(
    () =>
      isWorded &&
      link.state === 'proposed' &&
      part.mutate({ params: { id: link.id }, body: { same: false, survivorId: null, note } }),
    [isWorded, link.state, part.mutate, link.id, note],
  )
  useShortcut('y', t('links.yes'), yes)
  useShortcut('n', t('links.no'), no)
  return (
    <Card title={t('links.decide')}>
      <div style={{ display: 'grid', gap: 12 }}>
        <RefusalNote refused={join.error ?? part.error ?? undo.error} />
        <DraftNote form={form} />
        <Field label={t('links.note')} required>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={2}
              maxLength={500}
              value={note}
              onChange={(event) => form.set('note', event.target.value)}
            />
          )}
        </Field>
        {!isLinked && (
          <p>
            <Radio.Group
              value={survivorId}
              onChange={(event) => form.set('survivorId', event.target.value as string | null)}
              style={{ display: 'flex', flexWrap: 'wrap', gap: '8px 0' }}
            >
              <Radio value={null}>{t('links.equal')}</Radio>
              <Radio value={left.id}>{t('links.leads-left')}</Radio>
              <Radio value={right.id}>{t('links.leads-right')}</Radio>
            </Radio.Group>
          </p>
        )}
        <div className="tm-row">
          {isLinked ? (
            <Button
              danger
              disabled={!isWorded}
              loading={undo.isPending}
              onClick={() => undo.mutate({ params, body: { note } })}
            >
              {t('links.undo')}
            </Button>
          ) : (
            <Button type="primary" disabled={!isWorded} loading={join.isPending} onClick={yes}>
              {t('links.yes')}（y）
            </Button>
          )}
          {link.state === 'proposed' && (
            <Button disabled={!isWorded} loading={part.isPending} onClick={no}>
              {t('links.no')}（n）
            </Button>
          )}
        </div>
        <p className="tm-quiet">{t(isLinked ? 'links.undo-hint' : 'links.decide-hint')}</p>
      </div>
    </Card>
  )
}
