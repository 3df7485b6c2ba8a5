import Dispensing
import Postgres
import Primitives

extension SQL {
    /// Joins conditions with OR; no condition at all is `FALSE`.
    static func any(_ conditions: [SQL]) -> SQL {
        guard let first = conditions.first else { return "FALSE" }
        return conditions.dropFirst().reduce("(\(first))") { "\($0) OR (\($1))" }
    }
}

extension SearchQuery {
    /// One condition for every criterion: an alternative of each holds.
    func conditions(_ condition: (Criterion, String) throws -> SQL) rethrows -> [SQL] {
        try criteria.map { criterion in SQL.any(try criterion.alternatives.map { try condition(criterion, $0) }) }
    }
}

extension SearchQuery.Criterion {
    /// - Throws: ``FHIRRefusal`` when `text` is no comparison of dates.
    func date(_ text: String) throws -> DateCriterion {
        guard let date = DateCriterion(text) else {
            throw FHIRRefusal(.parameterInvalid, "a date with one of eq ne gt lt ge le sa eb is expected", field: name)
        }
        return date
    }

    /// The condition that `column`, a moment, is as `text` says.
    func holds(_ text: String, ofMoment column: SQL) throws -> SQL {
        let date = try date(text)
        return date.condition(column, date.from, date.to)
    }

    /// The condition that `column`, a day, is as `text` says.
    func holds(_ text: String, ofDay column: SQL) throws -> SQL {
        let date = try date(text)
        guard date.isOfDays else { throw FHIRRefusal(.parameterInvalid, "a day is expected, not a moment", field: name) }
        return date.condition(column, date.from.businessDay, date.to.businessDay)
    }

    /// The id behind a reference to `type`: `Patient/…`, an address that ends so, or the id alone.
    ///
    /// - Throws: ``FHIRRefusal`` when it refers to another type.
    func id(_ text: String, of type: ResourceType) throws -> String {
        let parts = text.split(separator: "/").map(String.init)
        guard let last = parts.last, parts.count == 1 || parts[parts.count - 2] == type.rawValue else {
            throw FHIRRefusal(.parameterInvalid, "a reference to a \(type.rawValue) is expected", field: name)
        }
        return last
    }

    /// The condition that `column` is the patient whom `text` refers to.
    func holds(_ text: String, ofPatient column: SQL) throws -> SQL {
        guard let patient = PatientID(lowercaseText: try id(text, of: .patient)) else { return "FALSE" }
        return "\(column) = \(patient)"
    }
}

extension DateCriterion {
    fileprivate func condition(_ column: SQL, _ from: some SQLParameter, _ to: some SQLParameter) -> SQL {
        switch comparison {
        case .equal: "\(column) >= \(from) AND \(column) < \(to)"
        case .notEqual: "\(column) < \(from) OR \(column) >= \(to)"
        case .greater, .startsAfter: "\(column) >= \(to)"
        case .less, .endsBefore: "\(column) < \(from)"
        case .greaterOrEqual: "\(column) >= \(from)"
        case .lessOrEqual: "\(column) < \(to)"
        }
    }
}
