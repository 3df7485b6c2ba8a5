import Formulary
import Foundation
import MedicationRules

/// The files of the rule catalogue among those a person named, read whole.
struct RuleFilesOnDisk {
    private(set) var rules: [RuleFile] = []
    /// The paths of all other files.
    private(set) var others: [String] = []

    /// A file that cannot be read is among the others, where that is said.
    ///
    /// - Throws: ``CommandFailure`` for a file of the rule catalogue that cannot be read on.
    init(parting paths: [String], encoding: CatalogEncoding?) throws(CommandFailure) {
        for path in paths {
            let header = (try? CatalogSource.file(path: path).header(encoding: encoding)) ?? []
            guard RuleFileKind(header: header) != nil else {
                others.append(path)
                continue
            }
            guard let content = FileManager.default.contents(atPath: path) else {
                throw CommandFailure("The file \(path) cannot be read.")
            }
            rules.append(RuleFile(path: path, bytes: Array(content)))
        }
    }
}
