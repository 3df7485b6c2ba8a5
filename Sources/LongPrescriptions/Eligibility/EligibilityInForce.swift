import Dispensing
import MedicationRules
public import Postgres
public import Primitives

extension EligibilityRules {
    /// The rules as they count for a consortium on a day: the lists of the clinical rules that were imported last, and the limits
    /// and terms of its region or its own. Until any are imported, ``EligibilityCatalogue/national`` stands for the lists.
    public static func inForce(
        _ transaction: Transaction, of consortium: ConsortiumID, on day: CalendarDate
    ) throws -> EligibilityRules {
        let values = try LimitSettings(transaction).limits(of: consortium, on: day)
        func value(_ key: LimitKey) -> Int { values[key] ?? key.national }
        let data = try RuleCatalogues(transaction).inForce().data
        var catalogue = EligibilityCatalogue.national
        if !data.longDiagnoses.isEmpty {
            catalogue.chronicDiagnoses = data.longDiagnoses.map(\.prefix)
            catalogue.exclusions = data.longExclusions.map {
                EligibilityCatalogue.Exclusion(drugClass: $0.drugClass, liftedBy: $0.liftedBy)
            }
        }
        catalogue.allowsColdStorage = value(.longColdStorage) == 1
        var limits = PrescriptionLimits.national
        limits.longDays = value(.longDays)
        limits.longDaysMax = value(.longDaysMost)
        limits.longRenewalDays = value(.longRenewalDays)
        limits.packRoundingDays = value(.packRoundingDays)
        return EligibilityRules(catalogue: catalogue, limits: limits, terms: InstalmentTerms(values))
    }
}
