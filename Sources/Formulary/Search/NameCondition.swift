import Postgres

/// Conditions on the rows of what products and manufacturers are found by.
enum NameCondition {
    /// The row has a name that fits `text`; `nil` when the index cannot tell. `named` is the row's name in the statement.
    static func indexed(_ text: String, _ fit: SearchGrams.Fit, _ named: SQL) -> SQL? {
        guard let grams = SearchGrams.lookup(text, fit) else { return nil }
        return "\(named).grams @> \(grams) AND \(has(text, fit, named))"
    }

    /// The same, read from the row itself.
    static func has(_ text: String, _ fit: SearchGrams.Fit, _ named: SQL) -> SQL {
        // Terms stand on lines of their own.
        let sought =
            switch fit {
            case .whole: "\n\(text)\n"
            case .beginning: "\n\(text)"
            case .part: text
            }
        return "strpos(\(named).terms, \(sought)) > 0"
    }

    /// How a word is looked for: a single letter at the beginning, since somewhere in a name it says nothing.
    static func fit(_ word: String) -> SearchGrams.Fit { SearchGrams.lookup(word, .part) == nil ? .beginning : .part }
}

extension SQL {
    /// Joins statements of the same columns with UNION ALL; `nil` when there is none.
    static func union(_ statements: [SQL]) -> SQL? {
        guard let first = statements.first else { return nil }
        return statements.dropFirst().reduce(first) { "\($0) UNION ALL \($1)" }
    }

    /// Joins conditions with OR.
    static func any(_ conditions: [SQL]) -> SQL {
        guard let first = conditions.first else { return "FALSE" }
        return conditions.dropFirst().reduce("(\(first))") { "\($0) OR (\($1))" }
    }
}
