public import Parties
public import Postgres
public import Primitives

public enum UnitKind: String, StoredText, Codable, CaseIterable {
    case count, volume, mass
}

/// A unit in which products are counted.
public struct UnitOfMeasure: Sendable, Hashable, Codable {
    public let code: String
    public let chinese: String
    public let english: String
    public let kind: UnitKind
}

/// A dosage form (剂型).
public struct DosageForm: Sendable, Hashable, Codable {
    public let code: String
    public let chinese: String
    public let english: String
    /// How it is given: `oral`, `injection`, …
    public let route: String
}

/// How often a medicine is given (频次): so many times in a cycle of so many hours.
public struct OrderFrequency: Sendable, Hashable, Codable {
    /// As prescribers write it: `bid`.
    public let code: String
    public let chinese: String
    public let english: String
    /// 0 where it is given once or when needed.
    public let cycleHours: Int
    public let timesPerCycle: Int
}

/// A way in which medicines are given (给药途径).
public struct MedicationRoute: Sendable, Hashable, Codable {
    /// `po`.
    public let code: String
    public let chinese: String
    public let english: String
    /// As the dosage forms tell ways apart: `oral`, `injection`, …
    public let group: String
    /// The value of the national table of routes.
    public let nationalCode: String
}

/// A type of facility and the level it counts as.
public struct FacilityType: Sendable, Hashable, Codable {
    public let code: String
    public let chinese: String
    public let english: String
    public let level: FacilityLevel
}

/// Every SQL statement about the dictionaries; each is read whole, in the order of its codes.
public struct DictionariesStore {
    private let transaction: Transaction

    public init(_ transaction: Transaction) { self.transaction = transaction }

    public func units() throws -> [UnitOfMeasure] {
        try transaction.query("SELECT code, chinese, english, kind FROM formulary.unit ORDER BY code") { row in
            try UnitOfMeasure(code: row["code"], chinese: row["chinese"], english: row["english"], kind: row["kind"])
        }
    }

    public func dosageForms() throws -> [DosageForm] {
        try transaction.query("SELECT code, chinese, english, route FROM formulary.dosage_form ORDER BY code") { row in
            try DosageForm(code: row["code"], chinese: row["chinese"], english: row["english"], route: row["route"])
        }
    }

    public func orderFrequencies() throws -> [OrderFrequency] {
        try transaction.query(
            "SELECT code, chinese, english, cycle_hours, times_per_cycle FROM formulary.order_frequency ORDER BY code"
        ) { row in
            try OrderFrequency(
                code: row["code"], chinese: row["chinese"], english: row["english"], cycleHours: row["cycle_hours"],
                timesPerCycle: row["times_per_cycle"])
        }
    }

    public func routes() throws -> [MedicationRoute] {
        try transaction.query(
            "SELECT code, chinese, english, route_group, national_code FROM formulary.route ORDER BY code"
        ) { row in
            try MedicationRoute(
                code: row["code"], chinese: row["chinese"], english: row["english"], group: row["route_group"],
                nationalCode: row["national_code"])
        }
    }

    public func facilityTypes() throws -> [FacilityType] {
        try transaction.query("SELECT code, chinese, english, level FROM formulary.facility_type ORDER BY code") { row in
            try FacilityType(code: row["code"], chinese: row["chinese"], english: row["english"], level: row["level"])
        }
    }

    func put(_ units: [UnitOfMeasure]) throws {
        guard !units.isEmpty else { return }
        try transaction.execute(
            """
            INSERT INTO formulary.unit (code, chinese, english, kind)
            VALUES \(rows: units.map { [$0.code, $0.chinese, $0.english, $0.kind] })
            ON CONFLICT (code) DO UPDATE
               SET chinese = excluded.chinese, english = excluded.english, kind = excluded.kind
            """)
    }

    func put(_ forms: [DosageForm]) throws {
        guard !forms.isEmpty else { return }
        try transaction.execute(
            """
            INSERT INTO formulary.dosage_form (code, chinese, english, route)
            VALUES \(rows: forms.map { [$0.code, $0.chinese, $0.english, $0.route] })
            ON CONFLICT (code) DO UPDATE
               SET chinese = excluded.chinese, english = excluded.english, route = excluded.route
            """)
    }

    func put(_ frequencies: [OrderFrequency]) throws {
        guard !frequencies.isEmpty else { return }
        let rows: [[any SQLParameter]] = frequencies.map {
            [$0.code, $0.chinese, $0.english, Int16($0.cycleHours), Int16($0.timesPerCycle)]
        }
        try transaction.execute(
            """
            INSERT INTO formulary.order_frequency (code, chinese, english, cycle_hours, times_per_cycle)
            VALUES \(rows: rows)
            ON CONFLICT (code) DO UPDATE
               SET chinese = excluded.chinese, english = excluded.english, cycle_hours = excluded.cycle_hours,
                   times_per_cycle = excluded.times_per_cycle
            """)
    }

    func put(_ routes: [MedicationRoute]) throws {
        guard !routes.isEmpty else { return }
        try transaction.execute(
            """
            INSERT INTO formulary.route (code, chinese, english, route_group, national_code)
            VALUES \(rows: routes.map { [$0.code, $0.chinese, $0.english, $0.group, $0.nationalCode] })
            ON CONFLICT (code) DO UPDATE
               SET chinese = excluded.chinese, english = excluded.english, route_group = excluded.route_group,
                   national_code = excluded.national_code
            """)
    }

    func put(_ types: [FacilityType]) throws {
        guard !types.isEmpty else { return }
        try transaction.execute(
            """
            INSERT INTO formulary.facility_type (code, chinese, english, level)
            VALUES \(rows: types.map { [$0.code, $0.chinese, $0.english, $0.level] })
            ON CONFLICT (code) DO UPDATE
               SET chinese = excluded.chinese, english = excluded.english, level = excluded.level
            """)
    }
}
