import { type Specialty, specialtyNumbers } from '@tongmai/api/network/institution'

/** The specialties that see patients; offices have no number in the national list. */
export const clinical = (Object.keys(specialtyNumbers) as Specialty[]).filter((one) => specialtyNumbers[one])
