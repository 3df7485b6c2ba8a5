import Identity
import MedicationRules
import Postgres
import Primitives

/// The operations of the clinical rules and of the limits of prescriptions.
public enum MedicationRulesRoutes {
    public static let endpoints: [Endpoint] = readings + commands

    private static let tag = Phrase("用药规则", "Medication rules")
    private static let insiders = Set(Role.allCases).subtracting([.supplier])

    private static func codes(_ codes: MedicationRulesRefusalCode...) -> [any RefusalCode] { codes }

    // MARK: - Readings

    private static let readings: [Endpoint] = [
        .reading(
            "medication-rules.editions", "/medication-rules/editions", tag: tag,
            summary: Phrase("规则目录版本，新的在前；第一个生效", "Editions of the rule catalogue; the first is in force"), roles: insiders,
            answer: PageOf<ImportedRuleEdition>.self
        ) { _, transaction in
            PageOf(items: try RuleCatalogues(transaction).editions(), next: nil)
        },
        .reading(
            "medication-rules.interactions", "/medication-rules/interactions", tag: tag,
            summary: Phrase("相互作用与配伍禁忌", "Interactions and incompatibilities"), roles: insiders,
            query: [.text("of", Phrase("药物或药物组代码", "Only of this substance or group"))],
            refusals: codes(.groupUnknown), answer: InteractionList.self
        ) { call, transaction in
            let readings = try RuleReadings(transaction)
            return InteractionList(
                edition: readings.catalogue.edition, items: try readings.interactions(of: call.query("of")))
        },
        .reading(
            "medication-rules.dose-limits", "/medication-rules/dose-limits", tag: tag,
            summary: Phrase("剂量范围与每日最大量", "Doses and daily maxima"), roles: insiders,
            query: [.text("of", Phrase("药物代码", "Only of this substance"))], refusals: codes(.groupUnknown),
            answer: DoseLimitList.self
        ) { call, transaction in
            let readings = try RuleReadings(transaction)
            return DoseLimitList(
                edition: readings.catalogue.edition,
                items: try readings.doseLimits(of: call.query("of")).map(DoseLimitReading.init))
        },
        .reading(
            "medication-rules.allergens", "/medication-rules/allergens", tag: tag,
            summary: Phrase("过敏原，登记患者过敏史时选用", "Allergens, to choose from when a patient's allergies are recorded"),
            roles: insiders, answer: AllergenList.self
        ) { _, transaction in
            let catalogue = try RuleCatalogues(transaction).inForce()
            return AllergenList(edition: catalogue.edition, items: catalogue.data.allergens)
        },
        .reading(
            "medication-rules.limits", "/medication-rules/limits", tag: tag,
            summary: Phrase("处方限量及其依据", "The limits of prescriptions on a day and where each comes from"), roles: insiders,
            query: [.day("day", Phrase("日期，默认今天", "The day, today unless told"))], answer: LimitsReading.self
        ) { call, transaction in
            try limits(for: call.principal, on: call.query(day: "day") ?? call.today, transaction)
        },
    ]

    private static func limits(
        for principal: Principal, on day: CalendarDate, _ transaction: Transaction
    ) throws -> LimitsReading {
        let settings = LimitSettings(transaction)
        return LimitsReading(
            day: day, region: try settings.region(of: principal.consortium)?.code,
            items: try settings.inForce(for: principal.consortium, on: day))
    }

    // MARK: - Commands

    private static let supervisors: Set<Role> = [.supervisor]

    private static let commands: [Endpoint] = [
        .command(
            "medication-rules.set-limit", "/medication-rules/limits", tag: tag,
            summary: Phrase("设定本医联体的处方限量（硬性规定只能从严）", "Sets the consortium's own limit; a hard one only stricter"),
            roles: supervisors,
            refusals: codes(.limitOutOfRange, .limitLooser, .limitPeriodInvalid, .reasonMissing), body: LimitBody.self,
            answer: LimitsReading.self
        ) { call, transaction in
            let from = call.body.validFrom ?? call.now.businessDay
            try SetLimit(
                key: call.body.key, value: call.body.value, validFrom: from, validThrough: call.body.validThrough,
                reason: call.body.reason
            ).run(in: transaction, by: call.principal, at: call.now)
            return try limits(for: call.principal, on: from, transaction)
        },
        .command(
            "medication-rules.declare-region", "/medication-rules/region", tag: tag,
            summary: Phrase("声明执业所在地，适用当地限量", "Says in which city the consortium practises, whose limits then hold"),
            roles: supervisors, refusals: codes(.regionInvalid), body: RegionBody.self, answer: LimitsReading.self
        ) { call, transaction in
            try DeclareRegion(region: call.body.region).run(in: transaction, by: call.principal, at: call.now)
            return try limits(for: call.principal, on: call.now.businessDay, transaction)
        },
    ]
}
