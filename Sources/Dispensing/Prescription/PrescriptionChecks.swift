import Formulary
import Parties
import Postgres
import Primitives

/// Reads what the rules of prescriptions need and applies them; shared by issuing and amending.
struct PrescriptionChecks {
    let transaction: Transaction
    let principal: Principal
    let limits: PrescriptionLimits

    /// - Parameters:
    ///   - facility: where it is written; the formulary permits by its level.
    ///   - except: the prescription itself, whose earlier version covers nothing.
    /// - Throws: ``DispensingRefusal`` for what the rules refuse, then `FormularyRefusal` for a product that is not in the
    ///   formulary or not at this level, then ``DispensingRefusal`` for more days than the formulary allows.
    func check(
        _ content: PrescriptionContent, kind: PrescriptionKind, patient: PatientID, facility: FacilityID, except: PrescriptionID,
        today: CalendarDate
    ) throws {
        let products = ProductsStore(transaction)
        var known = try products.products(content.lines.map(\.product))
        var covered: [CoveredDays] = []
        if kind == .long {
            covered = try PrescriptionStore(transaction, principal.consortium).covered(patient, except: except)
            known.merge(try products.products(covered.map(\.product))) { first, _ in first }
        }
        try PrescriptionRules(limits: limits).check(
            content, kind: kind, products: known,
            covered: covered.compactMap { days in known[days.product].map { ($0.genericName, days) } }, today: today)
        try checkFormulary(content, facility: facility, today: today)
    }

    private func checkFormulary(_ content: PrescriptionContent, facility: FacilityID, today: CalendarDate) throws {
        let consortium = principal.consortium
        let level = try PartiesStore(transaction).facility(facility, of: consortium).level
        let formulary = FormularyInForce(transaction)
        let asked = content.lines.map(\.product)
        try formulary.requirePermitted(products: asked, level: level, consortium: consortium, on: today)
        let entries = try formulary.entries(of: asked, consortium: consortium, on: today)
        for (number, line) in content.lines.enumerated() {
            guard let most = entries[line.product]?.daysMax, limits.suppliedDays(line) > most else { continue }
            throw DispensingRefusal(
                .supplyTooLong, "\(limits.suppliedDays(line)) days, the formulary allows \(most)", field: "lines[\(number)].days")
        }
    }
}
