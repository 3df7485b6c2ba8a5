import Parties
import Postgres
import Primitives

/// Every SQL statement that reads the rows of one edition; each kind in the order of its codes.
extension RuleStore {
    func data(of id: Int64) throws -> RuleData {
        var data = RuleData()
        data.groups = try groups(of: id)
        data.substances = try substances(of: id)
        data.interactions = try interactions(of: id)
        data.allergens = try allergens(of: id)
        data.doseLimits = try doseLimits(of: id)
        data.personLimits = try personLimits(of: id)
        data.longDiagnoses = try longDiagnoses(of: id)
        data.longExclusions = try longExclusions(of: id)
        data.institutionLimits = try institutionLimits(of: id)
        data.duplicateExceptions = try duplicateExceptions(of: id)
        return data
    }

    private func groups(of id: Int64) throws -> [SubstanceGroup] {
        try transaction.query(
            """
            SELECT code, chinese, english FROM medication_rules.substance_group WHERE edition_id = \(id) ORDER BY code COLLATE "C"
            """
        ) { try SubstanceGroup(code: $0["code"], chinese: $0["chinese"], english: $0["english"]) }
    }

    private func substances(of id: Int64) throws -> [Substance] {
        try transaction.query(
            """
            SELECT code, chinese, english, is_piece, names, excluding, groups
              FROM medication_rules.substance WHERE edition_id = \(id) ORDER BY code COLLATE "C"
            """
        ) { row in
            try Substance(
                code: row["code"], chinese: row["chinese"], english: row["english"], isPiece: row["is_piece"], names: row["names"],
                excluding: row["excluding"], groups: row["groups"])
        }
    }

    private func interactions(of id: Int64) throws -> [Interaction] {
        try transaction.query(
            """
            SELECT code, first_code, first_route, second_code, second_route, severity, effect_chinese, effect_english,
                   advice_chinese, advice_english, source
              FROM medication_rules.interaction WHERE edition_id = \(id) ORDER BY code COLLATE "C"
            """
        ) { row in
            try Interaction(
                code: row["code"], first: .init(code: row["first_code"], route: Self.choice(row["first_route"])),
                second: .init(code: row["second_code"], route: Self.choice(row["second_route"])),
                severity: Self.required(row["severity"]), effect: Phrase(row["effect_chinese"], row["effect_english"]),
                advice: Phrase(row["advice_chinese"], row["advice_english"]), source: row["source"])
        }
    }

    private func allergens(of id: Int64) throws -> [Allergen] {
        try transaction.query(
            """
            SELECT code, chinese, english, names, members, cross_reacting, source
              FROM medication_rules.allergen WHERE edition_id = \(id) ORDER BY code COLLATE "C"
            """
        ) { row in
            try Allergen(
                code: row["code"], chinese: row["chinese"], english: row["english"], names: row["names"],
                members: row["members"], crossReacting: row["cross_reacting"], source: row["source"])
        }
    }

    private func doseLimits(of id: Int64) throws -> [DoseLimit] {
        try transaction.query(
            """
            SELECT code, substance, route, age_from, age_under, single_least, single_most, day_most, kilogram_single_most,
                   kilogram_day_most, hours_apart, source
              FROM medication_rules.dose_limit WHERE edition_id = \(id) ORDER BY code COLLATE "C"
            """
        ) { row in
            try DoseLimit(
                code: row["code"], substance: row["substance"], route: Self.required(row["route"]),
                ageFrom: Self.read(row["age_from"], AgeLimit.init), ageUnder: Self.read(row["age_under"], AgeLimit.init),
                singleLeast: Self.read(row["single_least"], Amount.init), singleMost: Self.read(row["single_most"], Amount.init),
                dayMost: Self.read(row["day_most"], Amount.init),
                kilogramSingleMost: Self.read(row["kilogram_single_most"], Amount.init),
                kilogramDayMost: Self.read(row["kilogram_day_most"], Amount.init), hoursApart: row["hours_apart"],
                source: row["source"])
        }
    }

    private func personLimits(of id: Int64) throws -> [PersonLimit] {
        try transaction.query(
            """
            SELECT code, names, members, under_age, from_age, not_for, severity, reason_chinese, reason_english, source
              FROM medication_rules.person_limit WHERE edition_id = \(id) ORDER BY code COLLATE "C"
            """
        ) { row in
            let sex: CheckedPatient.Sex? = try Self.choice(row["not_for"])
            let condition: PersonLimit.Condition? =
                try Self.read(row["under_age"], AgeLimit.init).map { .younger(than: $0) }
                ?? Self.read(row["from_age"], AgeLimit.init).map { .reached($0) } ?? sex.map { .sex($0) }
            guard let condition else { throw ColumnMismatch(expected: "PersonLimit.Condition") }
            return try PersonLimit(
                code: row["code"], names: row["names"], members: row["members"], condition: condition, severity: row["severity"],
                reason: Phrase(row["reason_chinese"], row["reason_english"]), source: row["source"])
        }
    }

    private func longDiagnoses(of id: Int64) throws -> [LongDiagnosis] {
        try transaction.query(
            """
            SELECT icd_prefix, chinese, english, source
              FROM medication_rules.long_diagnosis WHERE edition_id = \(id) ORDER BY icd_prefix COLLATE "C"
            """
        ) { row in
            try LongDiagnosis(
                prefix: row["icd_prefix"], chinese: row["chinese"], english: row["english"], source: row["source"])
        }
    }

    private func longExclusions(of id: Int64) throws -> [LongExclusion] {
        try transaction.query(
            """
            SELECT drug_class, chinese, english, lifted_by, source
              FROM medication_rules.long_exclusion WHERE edition_id = \(id) ORDER BY drug_class COLLATE "C"
            """
        ) { row in
            try LongExclusion(
                drugClass: row["drug_class"], chinese: row["chinese"], english: row["english"], liftedBy: row["lifted_by"],
                source: row["source"])
        }
    }

    private func institutionLimits(of id: Int64) throws -> [InstitutionLimit] {
        try transaction.query(
            """
            SELECT code, names, members, lowest_level, severity, reason_chinese, reason_english, source
              FROM medication_rules.institution_limit WHERE edition_id = \(id) ORDER BY code COLLATE "C"
            """
        ) { row in
            try InstitutionLimit(
                code: row["code"], names: row["names"], members: row["members"], lowest: row["lowest_level"],
                severity: row["severity"], reason: Phrase(row["reason_chinese"], row["reason_english"]), source: row["source"])
        }
    }

    private func duplicateExceptions(of id: Int64) throws -> [DuplicateException] {
        try transaction.query(
            """
            SELECT kind, member, chinese, english, source
              FROM medication_rules.duplicate_exception WHERE edition_id = \(id) ORDER BY kind COLLATE "C", member COLLATE "C"
            """
        ) { row in
            try DuplicateException(
                kind: Self.required(row["kind"]), member: row["member"], chinese: row["chinese"], english: row["english"],
                source: row["source"])
        }
    }

    // MARK: - Values

    private static func choice<Choice: RawRepresentable<String>>(_ text: String?) throws -> Choice? {
        try read(text, Choice.init(rawValue:))
    }

    private static func required<Choice: RawRepresentable<String>>(_ text: String) throws -> Choice {
        guard let choice = Choice(rawValue: text) else { throw ColumnMismatch(expected: "\(Choice.self)") }
        return choice
    }

    private static func read<Value>(_ text: String?, _ reading: (String) -> Value?) throws -> Value? {
        guard let text else { return nil }
        guard let value = reading(text) else { throw ColumnMismatch(expected: "\(Value.self)") }
        return value
    }
}
