import Postgres
import Primitives

/// An edition as the database has it.
struct StoredEdition {
    let id: Int64
    let edition: RuleEdition
    let importedAt: Instant

    init(_ row: Row) throws {
        id = try row["edition_id"]
        edition = RuleEdition(version: try row["version"], sha256: try row["sha256"])
        importedAt = try row["imported_at"]
    }
}

/// Every SQL statement that writes the rule catalogue, and those about its editions.
struct RuleStore {
    let transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }

    /// One import at a time.
    func lockImports() throws {
        let key: Int64 = 0x6D65_6472_756C_6573  // "medrules"
        try transaction.execute("SELECT pg_advisory_xact_lock(\(key))")
    }

    func edition(version: String) throws -> StoredEdition? {
        try transaction.first(
            "SELECT edition_id, version, sha256, imported_at FROM medication_rules.edition WHERE version = \(version)",
            StoredEdition.init)
    }

    /// The one imported last.
    func editionInForce() throws -> StoredEdition? {
        try transaction.first(
            "SELECT edition_id, version, sha256, imported_at FROM medication_rules.edition ORDER BY edition_id DESC LIMIT 1",
            StoredEdition.init)
    }

    func editions() throws -> [StoredEdition] {
        try transaction.query(
            "SELECT edition_id, version, sha256, imported_at FROM medication_rules.edition ORDER BY edition_id DESC",
            StoredEdition.init)
    }

    func add(_ data: RuleData, as edition: RuleEdition, at now: Instant) throws {
        let id = try transaction.first(
            """
            INSERT INTO medication_rules.edition (version, sha256, imported_at)
            VALUES (\(edition.version), \(edition.sha256), \(now)) RETURNING edition_id
            """
        ) { try $0["edition_id"] as Int64 }
        guard let id else { return }
        try addSubstances(data, to: id)
        try addInteractions(data, to: id)
        try addPersonLimits(data, to: id)
        try addLongPrescriptions(data, to: id)
    }

    private func addSubstances(_ data: RuleData, to id: Int64) throws {
        try transaction.execute(
            """
            INSERT INTO medication_rules.substance_group (edition_id, code, chinese, english)
            VALUES \(rows: data.groups.map { [id, $0.code, $0.chinese, $0.english] })
            """)
        let rows: [[any SQLParameter]] = data.substances.map {
            [id, $0.code, $0.chinese, $0.english, $0.isPiece, $0.names, $0.excluding, $0.groups]
        }
        try transaction.execute(
            """
            INSERT INTO medication_rules.substance
                   (edition_id, code, chinese, english, is_piece, names, excluding, groups)
            VALUES \(rows: rows)
            """)
        let limits: [[any SQLParameter]] = data.doseLimits.map {
            [
                id, $0.code, $0.substance, $0.route.rawValue, $0.ageFrom?.description, $0.ageUnder?.description,
                $0.singleLeast?.description, $0.singleMost?.description, $0.dayMost?.description,
                $0.kilogramSingleMost?.description, $0.kilogramDayMost?.description, $0.hoursApart.map { Int32($0) }, $0.source,
            ]
        }
        try transaction.execute(
            """
            INSERT INTO medication_rules.dose_limit
                   (edition_id, code, substance, route, age_from, age_under, single_least, single_most, day_most,
                    kilogram_single_most, kilogram_day_most, hours_apart, source)
            VALUES \(rows: limits)
            """)
    }

    private func addInteractions(_ data: RuleData, to id: Int64) throws {
        let rows: [[any SQLParameter]] = data.interactions.map {
            [
                id, $0.code, $0.first.code, $0.first.route?.rawValue, $0.second.code, $0.second.route?.rawValue,
                $0.severity.rawValue, $0.effectChinese, $0.effectEnglish, $0.adviceChinese, $0.adviceEnglish, $0.source,
            ]
        }
        try transaction.execute(
            """
            INSERT INTO medication_rules.interaction
                   (edition_id, code, first_code, first_route, second_code, second_route, severity, effect_chinese,
                    effect_english, advice_chinese, advice_english, source)
            VALUES \(rows: rows)
            """)
        let allergens: [[any SQLParameter]] = data.allergens.map {
            [id, $0.code, $0.chinese, $0.english, $0.names, $0.members, $0.crossReacting, $0.source]
        }
        try transaction.execute(
            """
            INSERT INTO medication_rules.allergen
                   (edition_id, code, chinese, english, names, members, cross_reacting, source)
            VALUES \(rows: allergens)
            """)
        try transaction.execute(
            """
            INSERT INTO medication_rules.duplicate_exception (edition_id, kind, member, chinese, english, source)
            VALUES \(rows: data.duplicateExceptions.map { [id, $0.kind.rawValue, $0.member, $0.chinese, $0.english, $0.source] })
            """)
    }

    private func addPersonLimits(_ data: RuleData, to id: Int64) throws {
        let persons: [[any SQLParameter]] = data.personLimits.map {
            [
                id, $0.code, $0.names, $0.members, $0.condition.under?.description, $0.condition.from?.description,
                $0.condition.notFor?.rawValue, $0.severity, $0.reasonChinese, $0.reasonEnglish, $0.source,
            ]
        }
        try transaction.execute(
            """
            INSERT INTO medication_rules.person_limit
                   (edition_id, code, names, members, under_age, from_age, not_for, severity, reason_chinese,
                    reason_english, source)
            VALUES \(rows: persons)
            """)
        let institutions: [[any SQLParameter]] = data.institutionLimits.map {
            [id, $0.code, $0.names, $0.members, $0.lowest, $0.severity, $0.reasonChinese, $0.reasonEnglish, $0.source]
        }
        try transaction.execute(
            """
            INSERT INTO medication_rules.institution_limit
                   (edition_id, code, names, members, lowest_level, severity, reason_chinese, reason_english, source)
            VALUES \(rows: institutions)
            """)
    }

    private func addLongPrescriptions(_ data: RuleData, to id: Int64) throws {
        try transaction.execute(
            """
            INSERT INTO medication_rules.long_diagnosis (edition_id, icd_prefix, chinese, english, source)
            VALUES \(rows: data.longDiagnoses.map { [id, $0.prefix, $0.chinese, $0.english, $0.source] })
            """)
        try transaction.execute(
            """
            INSERT INTO medication_rules.long_exclusion (edition_id, drug_class, chinese, english, lifted_by, source)
            VALUES \(rows: data.longExclusions.map { [id, $0.drugClass, $0.chinese, $0.english, $0.liftedBy, $0.source] })
            """)
    }
}

extension PersonLimit.Condition {
    var under: AgeLimit? { if case .younger(let age) = self { age } else { nil } }
    var from: AgeLimit? { if case .reached(let age) = self { age } else { nil } }
    var notFor: CheckedPatient.Sex? { if case .sex(let sex) = self { sex } else { nil } }
}
