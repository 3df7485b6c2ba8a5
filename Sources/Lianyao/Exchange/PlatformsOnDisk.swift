import Foundation
import PlatformExchange
import PlatformMessages

/// The platforms that the catalogue describes, and the secrets of our accounts at them.
struct PlatformsOnDisk: Sendable {
    /// `<name>.json` in a directory that nobody else reads: an object of texts.
    static let secretsVariable = "LIANYAO_SECRETS"

    let catalogues: [String: PlatformCatalogue]
    let secretsDirectory: String

    /// - Throws: ``CommandFailure`` with every mistake of every file.
    init(home: Home, secretsDirectory: String) throws {
        self.secretsDirectory = secretsDirectory
        let directory = "\(home.catalogs)/platforms"
        var found: [String: PlatformCatalogue] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() where file.hasSuffix(".json") {
            guard let text = try? String(contentsOfFile: "\(directory)/\(file)", encoding: .utf8) else {
                throw CommandFailure("\(directory)/\(file) cannot be read.")
            }
            do throws(PlatformCatalogueDefects) {
                let catalogue = try PlatformCatalogue(parsing: text, file: "platforms/\(file)")
                found[catalogue.description.code] = catalogue
            } catch {
                throw CommandFailure("\(error)")
            }
        }
        catalogues = found
    }

    /// The platforms that can be spoken to.
    var described: Set<String> { Set(catalogues.filter { $0.value.isDescribed }.keys) }

    /// Those of them where nothing is bought.
    var withoutGoods: Set<String> {
        Set(catalogues.filter { $0.value.isDescribed && !$0.value.tellable.contains(.createOrder) }.keys)
    }

    /// The platforms that cannot, and what would have to be known of each.
    var undescribed: [String: [String]] { catalogues.filter { !$0.value.isDescribed }.mapValues(\.unknown) }

    /// How an account's platform is spoken to.
    ///
    /// - Throws: ``CommandFailure`` when there is no catalogue of it, or its secrets cannot be read.
    func dialect(of account: RegisteredAccount) throws -> (dialect: any PlatformDialect, secrets: [String]) {
        guard let catalogue = catalogues[account.platform] else {
            throw CommandFailure("There is no catalogue of the platform \(account.platform).")
        }
        let path = "\(secretsDirectory)/\(account.secrets).json"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("The secrets of \(account.platform) are not there or cannot be read: \(path).")
        }
        guard let secrets = try? JSONDecoder().decode([String: String].self, from: data) else {
            throw CommandFailure("\(path) must be a JSON object of texts.")
        }
        let known = PlatformAccount(institution: account.institution, settings: account.settings, secrets: secrets)
        return (catalogue.dialect(for: known), Array(secrets.values))
    }
}
