import Formulary
import MedicationRules
import Parties
import Postgres
import Primitives

/// Reads what the rules of prescriptions need and applies them; shared by writing, reviewing and trying out.
struct PrescriptionChecks {
    let transaction: Transaction
    let consortium: ConsortiumID
    let limits: PrescriptionLimits

    /// What is looked at.
    struct Subject {
        let content: PrescriptionContent
        let kind: PrescriptionKind
        let patient: PatientID
        /// Where it is written; the formulary permits by its level.
        let facility: FacilityID
        /// The prescription itself, whose earlier version covers nothing.
        let except: PrescriptionID?
        let today: CalendarDate
    }

    /// - Parameter limits: `nil` for those in force for the consortium on `day`; its practice is added.
    init(transaction: Transaction, consortium: ConsortiumID, limits: PrescriptionLimits?, on day: CalendarDate) throws {
        self.transaction = transaction
        self.consortium = consortium
        var limits = try limits ?? .inForce(of: consortium, on: day, transaction)
        limits.roundsUpToPacks = try limits.roundsUpToPacks || PracticeStore(transaction, consortium).practice().roundsUpToPacks
        self.limits = limits
    }

    /// - Returns: what was found.
    /// - Throws: `DispensingRefusal` for what the rules refuse, then `FormularyRefusal` for a product that is not in the
    ///   formulary or not at this level, then `DispensingRefusal` for more days than the formulary allows and for what
    ///   clinical rules forbid.
    func require(_ subject: Subject) throws -> CheckedFindings {
        let (judgements, catalogue) = try judge(subject)
        for judgement in judgements {
            if let refusal = judgement.refusal { throw refusal }
        }
        return CheckedFindings(findings: judgements.map(\.finding), catalogue: catalogue)
    }

    /// Everything found, refusing nothing.
    func findings(_ subject: Subject) throws -> CheckedFindings {
        let (judgements, catalogue) = try judge(subject)
        return CheckedFindings(findings: judgements.map(\.finding), catalogue: catalogue)
    }

    /// In the order in which it refuses: the rules of prescriptions, the formulary, the clinical rules.
    private func judge(_ subject: Subject) throws -> (judgements: [Judgement], catalogue: String) {
        let content = subject.content
        let products = ProductsStore(transaction)
        var known = try products.products(content.lines.map(\.product))
        var covered: [CoveredDays] = []
        if subject.kind == .long {
            covered = try PrescriptionStore(transaction, consortium).covered(subject.patient, except: subject.except)
            known.merge(try products.products(covered.map(\.product))) { first, _ in first }
        }
        var rules = PrescriptionRules.Case(
            content, kind: subject.kind, products: known,
            covered: covered.compactMap { days in known[days.product].map { ($0.genericName, days) } }, today: subject.today)
        if limits.roundsUpToPacks {
            for line in content.lines {
                rules.packSizes[line.product] = try products.articles(of: line.product).map(\.packSize)
            }
        }
        let judgements = PrescriptionRules(limits: limits).judge(rules)
        // Further rules are asked about lines that hold, of products that there are.
        guard !judgements.blocks else { return (judgements, "") }
        let level = try PartiesStore(transaction).facility(subject.facility, of: consortium).level
        let clinical = try ClinicalChecks(transaction: transaction, consortium: consortium)
            .judge(subject, products: known, level: level)
        return (judgements + (try formulary(subject, level: level)) + clinical.judgements, clinical.catalogue)
    }

    private func formulary(_ subject: Subject, level: FacilityLevel) throws -> [Judgement] {
        let content = subject.content
        let formulary = FormularyInForce(transaction)
        let asked = content.lines.map(\.product)
        do {
            try formulary.requirePermitted(products: asked, level: level, consortium: consortium, on: subject.today)
        } catch let refusal as FormularyRefusal {
            let finding = Finding(
                rule: "formulary.not-permitted", severity: .block, message: Phrase(refusal.code.meaning.chinese, refusal.detail),
                source: "consortium formulary")
            return [Judgement(finding: finding, refusal: refusal)]
        }
        let entries = try formulary.entries(of: asked, consortium: consortium, on: subject.today)
        return content.lines.enumerated().compactMap { number, line in
            let days = limits.suppliedDays(line, herbal: content.herbal)
            guard let most = entries[line.product]?.daysMax, days > most else { return nil }
            return .block(
                "formulary.days-max", lines: [number + 1], "\(days)天，本院目录限\(most)天", source: "consortium formulary",
                as: DispensingRefusal(
                    .supplyTooLong, "\(days) days, the formulary allows \(most)", field: "lines[\(number)].days"))
        }
    }
}
