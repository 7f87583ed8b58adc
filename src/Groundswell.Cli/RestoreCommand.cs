using System.CommandLine;
using Groundswell.Storage;
using Groundswell.Transfer.Backups;

namespace Groundswell.Cli;

/// <summary><c>groundswell restore</c>: a new data folder out of a backup.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "The backup: a folder or an archive." };
        var data = new Option<string>("--data") { Description = "The new data folder; it must be empty or not be there.", Required = true };
        var verify = new Option<bool>("--verify") { Description = "Also rebuild every projection from the restored ledger and compare, as ledger verify does." };
        var command = new Command("restore", "Make a new data folder of a backup, every file compared with its checksum.") { source, data, verify };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetRequiredValue(data);
            var code = await Lines.RunAsync(() => Make(parsed.GetRequiredValue(source), folder, cancellation), "Nothing was restored.");
            return code == Lines.Ok && parsed.GetValue(verify)
                ? await Lines.RunAsync(() => LedgerCommand.VerifyAsync(folder, cancellation), "All was restored, and not verified to the end.")
                : code;
        });
        return command;
    }

    private static async Task<int> Make(string source, string data, CancellationToken cancellation)
    {
        var manifest = await Restore.RunAsync(source, data, Lines.Files(), cancellation);
        System.Console.Error.WriteLine();
        System.Console.WriteLine($"{manifest.Files.Length:N0} files, {manifest.Bytes:N0} bytes, ledger up to position {manifest.Head}, all checksums right: {data}");
        return Lines.Ok;
    }
}
