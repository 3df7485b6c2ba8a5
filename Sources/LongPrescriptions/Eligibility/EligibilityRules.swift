public import Dispensing
public import Formulary
public import Parties
public import Primitives

/// The assessment of condition and medication on which a long prescription rests.
///
/// Source: long-term prescription norm R-LP-08: a full one for the first, another before it is continued.
public struct Assessment: Sendable, Hashable, Codable {
    public let on: CalendarDate
    public let findings: String

    public init(on: CalendarDate, findings: String) {
        self.on = on
        self.findings = findings
    }
}

/// What the rules look at when a long prescription begins.
public struct EligibilityFacts: Sendable {
    public var kind: PrescriptionKind
    public var content: PrescriptionContent
    /// The products of the lines.
    public var products: [ProductID: Product]
    /// Whether the patient has had none for the diagnosis.
    public var isFirst: Bool
    /// The prescriber's; `nil` when none is declared.
    public var qualification: PrescriberQualification?
    /// Where it was written.
    public var level: FacilityLevel
    /// Whether a primary institution was declared able to begin long prescriptions.
    public var mayBegin: Bool
    public var assessment: Assessment

    public init(
        kind: PrescriptionKind, content: PrescriptionContent, products: [ProductID: Product], isFirst: Bool,
        qualification: PrescriberQualification?, level: FacilityLevel, mayBegin: Bool, assessment: Assessment
    ) {
        self.kind = kind
        self.content = content
        self.products = products
        self.isFirst = isFirst
        self.qualification = qualification
        self.level = level
        self.mayBegin = mayBegin
        self.assessment = assessment
    }
}

/// Decides whether a prescription may be collected over a long time. Pure: reads nothing.
public struct EligibilityRules: Sendable {
    public var catalogue: EligibilityCatalogue
    public var limits: PrescriptionLimits
    public var terms: InstalmentTerms

    public init(catalogue: EligibilityCatalogue, limits: PrescriptionLimits = .national, terms: InstalmentTerms = .national) {
        self.catalogue = catalogue
        self.limits = limits
        self.terms = terms
    }

    /// Source: long-term prescription norm R-LP-01 to R-LP-08.
    ///
    /// - Throws: ``LongPrescriptionsRefusal``, the first that applies: kind, diagnosis, records, length of the course, products,
    ///   then for a first one the institution and its prescriber, and the assessment.
    public func check(_ facts: EligibilityFacts, today: CalendarDate) throws(LongPrescriptionsRefusal) {
        guard facts.kind == .long else { throw LongPrescriptionsRefusal(.notLong, "it is \(facts.kind.rawValue)") }
        guard let category = DiagnosisCategory(facts.content.diagnosisCode), catalogue.isChronic(facts.content.diagnosisCode) else {
            throw LongPrescriptionsRefusal(
                .diagnosisNotChronic, facts.content.diagnosisCode.isEmpty ? "no code" : facts.content.diagnosisCode)
        }
        try checkRecords(facts.content)
        for line in facts.content.lines {
            guard let product = facts.products[line.product] else {
                throw LongPrescriptionsRefusal(.productExcluded, "product \(line.product) is unknown")
            }
            if let why = catalogue.exclusion(of: product, for: facts.content.diagnosisCode) {
                throw LongPrescriptionsRefusal(.productExcluded, why)
            }
        }
        if facts.isFirst { try checkFirst(facts, category) }
        let age = today.days(since: facts.assessment.on)
        guard (0...terms.assessmentDaysMax).contains(age) else {
            throw LongPrescriptionsRefusal(
                .assessmentInvalid, "of \(facts.assessment.on), at most \(terms.assessmentDaysMax) days old",
                field: "assessment.on")
        }
        _ = try facts.assessment.findings.words(or: .assessmentInvalid, field: "assessment.findings")
    }

    /// Source: R-LP-01 (five signs), R-LP-04 and R-LP-05 (four records for more than four weeks, never more than twelve).
    private func checkRecords(_ content: PrescriptionContent) throws(LongPrescriptionsRefusal) {
        var needed = LongRecord.eligibility
        let days = content.lines.map { max($0.days, limits.suppliedDays($0)) }.max() ?? 0
        if days > limits.longDays { needed.formUnion(LongRecord.ofExtension) }
        let missing = needed.subtracting(content.longRecords).map(\.rawValue).sorted()
        guard missing.isEmpty else {
            throw LongPrescriptionsRefusal(.recordsMissing, missing.joined(separator: ", "))
        }
        guard days <= limits.longDaysMax else {
            throw LongPrescriptionsRefusal(.courseTooLong, "\(days) days, at most \(limits.longDaysMax)")
        }
    }

    /// Source: R-LP-06: a physician of intermediate title or above, of the relevant specialty in a hospital of level two or
    /// above, or in a primary institution with the ability.
    private func checkFirst(
        _ facts: EligibilityFacts, _ category: DiagnosisCategory
    ) throws(LongPrescriptionsRefusal) {
        let isHospital = facts.level == .city || facts.level == .county
        guard isHospital || facts.mayBegin else {
            throw LongPrescriptionsRefusal(.facilityNotAble, "level \(facts.level.rawValue), not declared able")
        }
        guard let qualification = facts.qualification, qualification.title.isIntermediate else {
            throw LongPrescriptionsRefusal(.prescriberNotQualified, facts.qualification?.title.rawValue ?? "no title is declared")
        }
        // The norm names the specialty for hospitals only.
        guard !isHospital || qualification.specialties.contains(where: { $0.treats(category) }) else {
            throw LongPrescriptionsRefusal(.prescriberNotQualified, "\(category.text) is not of the declared specialties")
        }
    }
}
