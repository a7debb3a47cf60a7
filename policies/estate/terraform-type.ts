/**
 * Matches the types that Terraform's resources have in Pulumi: `…:tf:aws_NAME` in a module, `aws:index/NAME:Name` by the
 * bridge to any provider; `awscc` in place of `aws`, with `ec2_` before what belongs to EC2.
 *
 * @param words names in a pattern, with `_?` where Terraform has `_`, which the bridge leaves out.
 */
export function terraformType(words: string): RegExp {
  return new RegExp(`(:tf:aws(cc)?_|^aws(cc)?:index/)(ec2_?)?(${words})(:|$)`, "i");
}
