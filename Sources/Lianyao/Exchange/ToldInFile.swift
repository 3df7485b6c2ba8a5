import Foundation

extension Decodable {
    /// Reads what a person has written down in a JSON file.
    ///
    /// - Throws: ``CommandFailure`` with the file, the field and what is wrong with it.
    init(toldIn file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("The file \(file) is not there or cannot be read.")
        }
        do { self = try JSONDecoder().decode(Self.self, from: data) } catch {
            throw CommandFailure("\(file): \(sentence(error))")
        }
    }
}

private func sentence(_ error: any Error) -> String {
    func path(_ context: DecodingError.Context) -> String { context.codingPath.map(\.stringValue).joined(separator: ".") }
    return switch error {
    case DecodingError.keyNotFound(let key, let context):
        "\((path(context) + "." + key.stringValue).drop { $0 == "." }) is missing."
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
        "\(path(context)) is of another kind."
    case DecodingError.dataCorrupted(let context):
        path(context).isEmpty ? "this is no JSON." : "\(path(context)) is none that is known."
    default: "\(error)"
    }
}
