import { referralApi } from '@tongmai/api/referral'
import { type ReviewCase, type Verdict, verdict } from '@tongmai/api/referral/watch'
import { Button, Input, Segmented } from 'antd'
import { useParam } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Field, Fields } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { referralWords } from './words.ts'

/** One referral of a sample, as the reviewer reads it. */
export function ReviewPage() {
  const t = useWords(referralWords)
  const id = useParam('id')
  const read = useRead(referralApi.readReview, { params: { id } })
  return (
    <Page title={t('review.title')} hint={t('review.hint')}>
      <Loaded read={read} rows={8}>
        {(review) => <Shown review={review} />}
      </Loaded>
    </Page>
  )
}

function Shown({ review }: { review: ReviewCase }) {
  const t = useWords(referralWords)
  const criteria = useRead(referralApi.criteria, {})
  const nameOf = (code: string) =>
    criteria.data?.find((one) => one.code === code)?.text ?? (criteria.isPending ? '…' : code)
  const { form, outcome, direction, urgency, from, to, indications } = review
  return (
    <>
      <Card title={`${t(`direction.${direction}`)} · ${from} → ${to}`}>
        <Facts
          facts={[
            [t('urgency'), t(`urgency.${urgency}`)],
            [t('diagnosis'), form.diagnosis ? `${form.diagnosis.text} ${form.diagnosis.code}` : '—'],
            [t('form.indications'), indications.map(nameOf).join('；') || '—'],
            [t('form.first-impression'), form.firstImpression || '—'],
            [t('form.reason'), form.reason || '—'],
            [t('form.past'), form.pastHistory || '—'],
            [t('form.treatment'), form.treatmentSoFar || '—'],
            ...(outcome
              ? ([
                  [t('ask.result'), t(`result.${outcome.result}`)],
                  [t('ask.summary'), outcome.summary],
                ] as const)
              : []),
          ]}
        />
      </Card>
      {review.verdict && (
        <Card title={t('review.verdict')}>
          <Facts
            facts={[
              [t('review.verdict'), t(`verdict.${review.verdict}`)],
              [t('review.note'), review.note ?? ''],
              [t('review.reviewer'), review.reviewer],
            ]}
          />
        </Card>
      )}
      {review.mine && <Judge id={review.id} />}
    </>
  )
}

function Judge({ id }: { id: string }) {
  const t = useWords(referralWords)
  const tell = useTell()
  const judge = useWrite(referralApi.judge, { touches: ['case'], onDone: () => tell(t('review.judged')) })
  const form = useForm<{ verdict: Verdict | null; note: string }>(
    `referral.review:${id}`,
    { verdict: null, note: '' },
    judge.error,
  )
  const { note } = form.value
  const chosen = form.value.verdict
  return (
    <Card title={t('review.judge')}>
      <DraftNote form={form} />
      <Fields columns={1}>
        <Field label={t('review.verdict')} required>
          {(fieldId) => (
            <Segmented<Verdict | ''>
              id={fieldId}
              value={chosen ?? ''}
              onChange={(next) => next && form.set('verdict', next)}
              options={verdict.options.map((value) => ({ value, label: t(`verdict.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('review.note')} required problem={form.problem('note')}>
          {(fieldId) => (
            <Input.TextArea
              id={fieldId}
              autoSize={{ minRows: 2, maxRows: 8 }}
              value={note}
              onChange={({ target }) => form.set('note', target.value)}
            />
          )}
        </Field>
      </Fields>
      <RefusalNote refused={judge.error} />
      <Button
        type="primary"
        loading={judge.isPending}
        disabled={!chosen || !note.trim()}
        onClick={() => chosen && judge.mutate({ params: { id }, body: { verdict: chosen, note } })}
      >
        {t('review.judge')}
      </Button>
    </Card>
  )
}
