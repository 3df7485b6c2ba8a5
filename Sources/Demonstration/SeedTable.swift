import Foundation

/// A file of seeds: comma separated, without quotes, with a header.
struct SeedTable {
    /// One row, by column.
    struct Row {
        let file: String
        /// From 1, with the header.
        let line: Int
        let values: [String: String]

        /// - Throws: ``DemonstrationError`` when there is no such column.
        func text(_ column: String) throws(DemonstrationError) -> String {
            guard let value = values[column] else { throw bad("there is no column \(column)") }
            return value
        }

        /// One of the words that `Value` knows.
        func word<Value: RawRepresentable<String>>(
            _ column: String, _: Value.Type = Value.self
        ) throws(DemonstrationError) -> Value {
            let text = try text(column)
            guard let value = Value(rawValue: text) else { throw bad("\(column) does not know \(text)") }
            return value
        }

        /// Words parted by blanks.
        func words<Value: RawRepresentable<String>>(
            _ column: String, _: Value.Type = Value.self
        ) throws(DemonstrationError) -> [Value] {
            var values: [Value] = []
            for text in try text(column).split(separator: " ") {
                guard let value = Value(rawValue: String(text)) else { throw bad("\(column) does not know \(text)") }
                values.append(value)
            }
            return values
        }

        func bad(_ reason: String) -> DemonstrationError { .badRow(file: file, line: line, reason: reason) }
    }

    let rows: [Row]

    init(_ name: String, in directory: String) throws(DemonstrationError) {
        guard let text = try? String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8) else {
            throw .unreadable("\(directory)/\(name)")
        }
        try self.init(name, text: text)
    }

    init(_ name: String, text: String) throws(DemonstrationError) {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        guard let columns = lines.first?.map(String.init) else {
            throw .badRow(file: name, line: 1, reason: "there is no header")
        }
        var rows: [Row] = []
        for (number, fields) in lines.enumerated().dropFirst() {
            guard fields.count == columns.count else {
                throw .badRow(file: name, line: number + 1, reason: "\(fields.count) fields instead of \(columns.count)")
            }
            let values = Dictionary(zip(columns, fields.map(String.init)), uniquingKeysWith: { first, _ in first })
            rows.append(Row(file: name, line: number + 1, values: values))
        }
        self.rows = rows
    }
}
