import * as z from 'zod/mini'
import { type Api, byId, day, id, page, paging, text } from '../kernel.ts'

/** What a resident is asked about: a service, a conversation with the team, the year as a whole. */
export const surveyAbout = z.enum(['service', 'advice', 'year'])
export type SurveyAbout = z.output<typeof surveyAbout>

/** The questions, each answered from 1 (not at all) to 5 (very much). */
export const surveyQuestions = ['easy', 'attitude', 'clear', 'helped'] as const
export type SurveyQuestion = (typeof surveyQuestions)[number]

const grade = z.number().check(z.int(), z.minimum(1), z.maximum(5))
export const surveyAnswers = z.object({ easy: grade, attitude: grade, clear: grade, helped: grade })
export type SurveyAnswers = z.output<typeof surveyAnswers>

/** Of a hundred: the mean of the answers, 5 being 100. */
export const scoreOf = (answers: SurveyAnswers): number =>
  surveyQuestions.reduce((sum, one) => sum + answers[one], 0) * (20 / surveyQuestions.length)

/** A questionnaire that waits for its resident. */
export const mySurvey = z.object({
  ...{ id, residentId: id, about: surveyAbout, subject: z.nullable(z.string()) },
  ...{ team: z.string(), doctor: z.string(), askedOn: day, until: day },
})
export type MySurvey = z.output<typeof mySurvey>

/**
 * Of one community, team or doctor: how many were asked and answered in a period; and how content they were, over whole
 * quarters that are over, each left out where few answered or where it would tell of another that is left out.
 */
export const surveyRow = z.object({
  of: z.enum(['community', 'team', 'doctor']),
  id,
  name: z.string(),
  asked: z.number(),
  answered: z.number(),
  /** Of so many answers; 0 where nothing may be told. */
  counted: z.number(),
  satisfied: z.nullable(z.number()),
  meanScore: z.nullable(z.number()),
})
export type SurveyRow = z.output<typeof surveyRow>

/** One answer, without who gave it and on which day. */
export const surveyAnswer = z.object({
  about: surveyAbout,
  score: z.number(),
  answers: surveyAnswers,
  comment: z.nullable(z.string()),
})
export type SurveyAnswer = z.output<typeof surveyAnswer>

const period = { from: day, to: day }

export const surveyApi = {
  listMySurveys: {
    ...{ method: 'GET', path: '/me/surveys', may: 'signed-in', for: ['resident'] },
    summary: 'The questionnaires that wait for my answer.',
    query: z.object(paging),
    returns: page(mySurvey),
  },
  answerMySurvey: {
    ...{ method: 'POST', path: '/me/surveys/:id/answer', may: 'signed-in', for: ['resident'] },
    summary: 'My answer; the team sees it without my name, and only among others.',
    params: byId,
    body: z.object({ answers: surveyAnswers, comment: z._default(z.nullable(text(1000)), null) }),
    returns: z.object({ id }),
  },
  readSurveys: {
    ...{ method: 'GET', path: '/contract-surveys', may: 'contract.count' },
    summary: 'How content residents were with my community, its teams and doctors.',
    query: z.object(period),
    returns: z.object({
      /** Fewer answers than this are counted and not opened. */
      least: z.number(),
      /** From which score somebody counts as content. */
      satisfiedFrom: z.number(),
      rows: z.array(surveyRow),
    }),
  },
  listSurveyAnswers: {
    ...{ method: 'GET', path: '/contract-surveys/answers', may: 'contract.manage' },
    summary:
      'The answers of the quarters of a period that are over, without names; nothing where they are too few, or would tell of others.',
    query: z.object({ ...period, teamId: z.optional(id), doctorId: z.optional(id), ...paging }),
    returns: page(surveyAnswer),
  },
} as const satisfies Api
